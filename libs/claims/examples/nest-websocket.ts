import { type ClaimsSettings, type User } from '@gatehouse/claims';
import { ClaimsModule, CurrentUser, Groups } from '@gatehouse/claims/nest';
import { ClaimsWsAdapter } from '@gatehouse/claims/nest/ws';
import { type DynamicModule, type INestApplication, Module } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway, type WsResponse } from '@nestjs/websockets';

@WebSocketGateway({ path: '/chat' })
class ChatGateway {
  @SubscribeMessage('hello')
  hello(@CurrentUser() user: User): WsResponse<string> {
    return { event: 'hello', data: user.username };
  }

  @SubscribeMessage('clear')
  @Groups('admins')
  clear(): WsResponse<boolean> {
    return { event: 'cleared', data: true };
  }
}

@Module({})
export class ChatModule {
  static for(settings: ClaimsSettings): DynamicModule {
    return { module: ChatModule, imports: [ClaimsModule.forRoot(settings)], providers: [ChatGateway] };
  }
}

/** Before the application listens. */
export function useWebSockets(app: INestApplication, publicUrl: string): void {
  app.useWebSocketAdapter(
    new ClaimsWsAdapter(app, {
      allowedOrigins: [publicUrl],
      maxAgeSeconds: 8 * 60 * 60, // The session timeout of the load balancer.
    }),
  );
}
