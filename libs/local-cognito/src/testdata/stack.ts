/** A cognito stack as `cdktf synth` writes it, references replaced. What differs in a test is passed in. */
export function cognitoStackJson({
  pool = {},
  client = {},
  groups = ['admins', 'users'],
  more = {},
}: {
  readonly pool?: object;
  readonly client?: object;
  readonly groups?: readonly string[];
  /** Clients besides the load balancer's, by id. */
  readonly more?: Readonly<Record<string, object>>;
} = {}): unknown {
  return {
    '//': { metadata: { stackName: 'cognito' } },
    provider: { aws: [{ region: 'us-east-1' }] },
    resource: {
      aws_cognito_user_pool: {
        pool: {
          '//': { metadata: { path: 'cognito/pool' } },
          id: 'us-east-1_GateHouse',
          name: 'gatehouse-local',
          password_policy: { minimum_length: 12, require_lowercase: true },
          ...pool,
        },
      },
      aws_cognito_user_pool_client: {
        alb: {
          id: 'albclient',
          name: 'alb',
          user_pool_id: 'us-east-1_GateHouse',
          generate_secret: true,
          allowed_oauth_flows_user_pool_client: true,
          allowed_oauth_flows: ['code'],
          allowed_oauth_scopes: ['openid', 'email', 'profile'],
          callback_urls: ['https://app.localhost:8443/oauth2/idpresponse'],
          logout_urls: ['https://app.localhost:8443/logged-out'],
          explicit_auth_flows: ['ALLOW_REFRESH_TOKEN_AUTH'],
          supported_identity_providers: ['COGNITO'],
          access_token_validity: 15,
          id_token_validity: 20,
          refresh_token_validity: 1,
          token_validity_units: [{ access_token: 'minutes', id_token: 'minutes', refresh_token: 'hours' }],
          ...client,
        },
        ...Object.fromEntries(
          Object.entries(more).map(([id, body]) => [
            id,
            { id, name: id, user_pool_id: 'us-east-1_GateHouse', ...body },
          ]),
        ),
      },
      aws_cognito_resource_server: {
        orders: {
          identifier: 'https://orders.example',
          name: 'orders',
          user_pool_id: 'us-east-1_GateHouse',
          scope: [{ scope_name: 'read' }, { scope_name: 'write' }],
        },
      },
      aws_cognito_user_pool_domain: { domain: { domain: 'gatehouse-local', user_pool_id: 'us-east-1_GateHouse' } },
      aws_cognito_user_group: Object.fromEntries(groups.map((name) => [name, { name }])),
    },
  };
}
