import { describe, expect, it } from '@jest/globals';
import { Injectable, Module, type Type } from '@nestjs/common';
import { ModulesContainer, Reflector } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { WebSocketGateway } from '@nestjs/websockets';
import { Groups } from '../groups.decorator.ts';
import { Public } from '../public.decorator.ts';
import { Scopes } from '../scopes.decorator.ts';
import { gatewaysAt, upgradeAccess } from './gateways.ts';

@WebSocketGateway({ path: '/a' })
class Closed {}

@Public()
@WebSocketGateway({ path: 'a/' })
class Open {}

@Groups('g')
@Scopes('s')
@WebSocketGateway({ path: '//a' })
class Grouped {}

@Groups('h')
@Scopes('s', 't')
@WebSocketGateway({ path: '/a' })
class OtherGroup extends Closed {}

@WebSocketGateway(8081)
class Elsewhere {}

@WebSocketGateway()
class Root {}

@Injectable()
class NoGateway {}

const ALL = [Closed, Open, Grouped, OtherGroup, Elsewhere, Root, NoGateway];

@Module({ providers: ALL })
class One {}

/** The same gateway in a second module is still one. */
@Module({ imports: [One], providers: [Closed] })
class Two {}

describe('gatewaysAt', () => {
  it.each<[number, string | undefined, readonly Type[]]>([
    [0, '/a', [Closed, Open, Grouped, OtherGroup]],
    [0, 'a', [Closed, Open, Grouped, OtherGroup]],
    [0, '/A', []],
    [0, '/a/b', []],
    [0, undefined, [Root]],
    [0, '/', [Root]],
    [8081, undefined, [Elsewhere]],
    [8081, '/a', []],
  ])('finds, at port %p and path %p, what Nest serves there', async (port, path, expected) => {
    const testing = await Test.createTestingModule({ imports: [Two] }).compile();
    const found = gatewaysAt(testing.get(ModulesContainer), { port, path });
    expect(new Set(found)).toEqual(new Set(expected));
    expect(found).toHaveLength(expected.length);
    await testing.close();
  });
});

describe('upgradeAccess', () => {
  const closed = (groupSets: readonly string[][], scopes: readonly string[]): unknown => {
    return { public: false, groupSets, scopes };
  };
  it.each<[string, readonly Type[], unknown]>([
    ['nothing known', [], closed([], [])],
    ['one that is public', [Open], { public: true }],
    ['two that are public', [Open, Open], { public: true }],
    ['one that is closed', [Closed], closed([], [])],
    ['one that is public and one that is not', [Open, Closed], closed([], [])],
    ['one that is public and one with groups', [Open, Grouped], closed([['g']], ['s'])],
    ['two with groups', [Grouped, OtherGroup], closed([['g'], ['h']], ['s', 't'])],
  ])('of %s', (_, gateways, expected) => {
    expect(upgradeAccess(new Reflector(), gateways)).toEqual(expected);
  });
});
