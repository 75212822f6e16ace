import { type ClaimsSettings, type User } from '@gatehouse/claims';
import { ClaimsModule, CurrentUser, Groups, Public, Scopes } from '@gatehouse/claims/nest';
import { Controller, type DynamicModule, Get, Module } from '@nestjs/common';

@Controller()
class Routes {
  @Get()
  me(@CurrentUser() user: User): string {
    return `Hello ${user.username}`;
  }

  @Get('admin')
  @Groups('admins', 'owners') // One of them is enough.
  admin(): string {
    return 'for few';
  }

  @Get('orders')
  @Scopes('orders/read', 'orders/list') // All of them are needed.
  orders(): string {
    return 'for whom the user allowed it';
  }

  @Get('health')
  @Public()
  health(): string {
    return 'for all';
  }
}

@Module({})
export class AppModule {
  static for(settings: ClaimsSettings): DynamicModule {
    return { module: AppModule, imports: [ClaimsModule.forRoot(settings)], controllers: [Routes] };
  }
}
