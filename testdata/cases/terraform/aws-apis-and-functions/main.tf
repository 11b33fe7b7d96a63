variable "authorizer" {
  type = string
}

# A REST API: one method asks, one does not.
resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  endpoint_configuration {
    types = ["REGIONAL"] # expect: public-api
  }
}

resource "aws_api_gateway_authorizer" "shop" {
  name           = "shop"
  rest_api_id    = aws_api_gateway_rest_api.shop.id
  authorizer_uri = var.authorizer
}

resource "aws_api_gateway_method" "orders" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = "orders"
  http_method   = "POST"
  authorization = "CUSTOM"
  authorizer_id = aws_api_gateway_authorizer.shop.id
}

resource "aws_api_gateway_method" "prices" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = "prices"
  http_method   = "GET"
  authorization = "NONE" # expect: unauthenticated-endpoint
}

# With an authorizer alone it may ask everywhere.
resource "aws_api_gateway_rest_api" "billing" {
  name = "billing"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_api_gateway_authorizer" "billing" {
  name           = "billing"
  rest_api_id    = aws_api_gateway_rest_api.billing.id
  authorizer_uri = var.authorizer
}

# Its methods, and what they ask for, are made somewhere else.
# expect: public-api
# undecided: unauthenticated-endpoint
resource "aws_api_gateway_rest_api" "stock" {
  name = "stock"
}

resource "aws_apigatewayv2_api" "chat" { # expect: public-api
  name          = "chat"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = "$connect"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_route" "message" {
  api_id    = aws_apigatewayv2_api.chat.id
  route_key = "$default"
}

resource "aws_apigatewayv2_api" "search" { # expect: public-api
  name          = "search"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_route" "search" { # expect: unauthenticated-endpoint
  api_id    = aws_apigatewayv2_api.search.id
  route_key = "$default"
}

resource "aws_lambda_permission" "shop" {
  action        = "lambda:InvokeFunction"
  function_name = "shop"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.shop.execution_arn}/*/*" # expect: function-called-by-any-route
}

resource "aws_lambda_permission" "prices" {
  action        = "lambda:InvokeFunction"
  function_name = "prices"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.shop.execution_arn}/*/GET/prices"
}

resource "aws_lambda_function_url" "hook" {
  function_name      = "hook"
  authorization_type = "NONE" # expect: unauthenticated-endpoint
}

resource "aws_lambda_function_url" "report" {
  function_name      = "report"
  authorization_type = "AWS_IAM"
}

resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    domain_name = "site.example.com"
    origin_id   = "site"
  }
  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/site"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

resource "aws_cloudfront_distribution" "old" { # expect: plaintext-from-internet
  enabled = true
  origin {
    domain_name = "old.example.com"
    origin_id   = "old"
  }
  default_cache_behavior {
    target_origin_id       = "old"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/old"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1_2016" # expect: weak-tls
  }
}
