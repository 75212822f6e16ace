/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import { type JSX } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { csrfField } from '../http/csrf.ts';
import { Layout } from './layout.tsx';

/** A field of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  /** @default 'text' */
  readonly type?: 'email' | 'password' | 'text';
  /** The HTML autofill token. */
  readonly autocomplete: string;
  /** @default what the browser takes for the type */
  readonly inputmode?: 'numeric';
  /** Read with the label. */
  readonly hint?: string;
  /** @default false */
  readonly optional?: boolean;
  /** What was typed before. */
  readonly value?: string;
}

export interface FormPageProps {
  readonly poolId: string;
  readonly poolName: string;
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly csrf: string;
  readonly fields: readonly FormField[];
  /** Label of the button. */
  readonly submit: string;
  /** Why the last try failed. */
  readonly failure?: string;
  /** Something that went well. */
  readonly notice?: string;
  /** Something to copy. */
  readonly facts?: readonly { readonly term: string; readonly value: string }[];
  readonly link?: { readonly label: string; readonly href: string };
  /** Another form, of a button alone. */
  readonly other?: { readonly label: string; readonly action: string };
}

/** A hosted page with one form. */
function FormPage(props: FormPageProps): JSX.Element {
  const { fields, failure, facts, link, other } = props;
  const first = fields.findIndex(({ type, value }) => type === 'password' || !value);
  return (
    <Layout title={props.title} poolId={props.poolId} poolName={props.poolName}>
      <h1>{props.title}</h1>
      <p class="lead">{props.lead}</p>
      {props.notice !== undefined && (
        <p class="notice" role="status">
          {props.notice}
        </p>
      )}
      {failure !== undefined && (
        <p class="alert" id="failure" role="alert">
          {failure}
        </p>
      )}
      {facts && (
        <dl>
          {facts.map(({ term, value }) => (
            <>
              <dt>{term}</dt>
              <dd>
                <code>{value}</code>
              </dd>
            </>
          ))}
        </dl>
      )}
      <form method="post" action={props.action}>
        <input type="hidden" name={csrfField} value={props.csrf} />
        {fields.map((field, index) => (
          <Field field={field} failed={failure !== undefined} autofocus={index === first} />
        ))}
        <button type="submit">{props.submit}</button>
      </form>
      {other && (
        <form class="other" method="post" action={other.action}>
          <input type="hidden" name={csrfField} value={props.csrf} />
          <button type="submit" class="quiet">
            {other.label}
          </button>
        </form>
      )}
      {link && (
        <p class="links">
          <a href={link.href}>{link.label}</a>
        </p>
      )}
    </Layout>
  );
}

function Field({
  field,
  failed,
  autofocus,
}: {
  readonly field: FormField;
  readonly failed: boolean;
  readonly autofocus: boolean;
}): JSX.Element {
  const hintId = field.hint === undefined ? undefined : `${field.name}-hint`;
  const described = [...(failed ? ['failure'] : []), ...(hintId === undefined ? [] : [hintId])].join(' ');
  const input = {
    id: field.name,
    name: field.name,
    autocomplete: field.autocomplete,
    autocapitalize: 'none',
    spellcheck: false,
    required: !field.optional,
    autofocus,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(failed && { 'aria-invalid': true }),
  } as const;
  return (
    <>
      <label for={field.name}>
        {field.label}
        {field.optional && <span class="optional"> (optional)</span>}
      </label>
      {field.hint !== undefined && (
        <p class="hint" id={hintId}>
          {field.hint}
        </p>
      )}
      {field.type === 'password' && <input type="password" {...input} />}
      {field.type === 'email' && <input type="email" value={field.value} {...input} />}
      {(field.type ?? 'text') === 'text' && (
        <input type="text" inputmode={field.inputmode} value={field.value} {...input} />
      )}
    </>
  );
}

export function renderFormPage(props: FormPageProps): string {
  return renderToString(<FormPage {...props} />);
}
