terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}

variable "vpc_id" {
  default = "vpc-0123456789abcdef0"
}

variable "subnet_ids" {
  default = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
}

variable "certificate_arn" {
  default = "arn:aws:acm:eu-west-1:111122223333:certificate/01234567-89ab-cdef-0123-456789abcdef"
}

resource "aws_cognito_user_pool" "shop" {
  name = "shop"
}

resource "aws_cognito_user_pool_domain" "shop" {
  domain       = "shop-login"
  user_pool_id = aws_cognito_user_pool.shop.id
}

resource "aws_cognito_user_pool_client" "shop" {
  name                                 = "shop"
  user_pool_id                         = aws_cognito_user_pool.shop.id
  generate_secret                      = true
  allowed_oauth_flows_user_pool_client = true
  allowed_oauth_flows                  = ["code"]
  allowed_oauth_scopes                 = ["openid"]
  callback_urls                        = ["https://app.localhost:8443/oauth2/idpresponse"]
  supported_identity_providers         = ["COGNITO"]
}

resource "aws_lb" "shop" {
  name                       = "shop"
  subnets                    = var.subnet_ids
  idle_timeout               = 30
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"
}

resource "aws_lb_target_group" "web" {
  name     = "shop-web"
  port     = 3000
  protocol = "HTTP"
  vpc_id   = var.vpc_id

  deregistration_delay = 15
  health_check {
    path     = "/health"
    interval = 10
    matcher  = "200-299"
  }
  stickiness {
    type            = "lb_cookie"
    cookie_duration = 3600
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn

  default_action {
    type  = "authenticate-cognito"
    order = 1
    authenticate_cognito {
      user_pool_arn       = aws_cognito_user_pool.shop.arn
      user_pool_client_id = aws_cognito_user_pool_client.shop.id
      user_pool_domain    = aws_cognito_user_pool_domain.shop.domain
    }
  }
  default_action {
    type             = "forward"
    order            = 2
    target_group_arn = aws_lb_target_group.web.arn
  }
}

resource "aws_lb_listener_rule" "public" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10

  condition {
    path_pattern {
      values = ["/assets/*"]
    }
  }
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.web.arn
  }
}
