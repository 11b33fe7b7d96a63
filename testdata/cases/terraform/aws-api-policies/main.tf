# Policies of REST APIs that let in some callers: what they deny goes before what they allow.

variable "office" {
  type = list(string)
}

resource "aws_api_gateway_rest_api" "open" { # expect: public-api
  name   = "open"
  policy = data.aws_iam_policy_document.open.json
}

data "aws_iam_policy_document" "open" {
  statement {
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    actions   = ["execute-api:Invoke"]
    resources = ["execute-api:/*"]
  }
  # Over TLS is the only way to call it.
  statement {
    effect = "Deny"
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    actions   = ["execute-api:Invoke"]
    resources = ["execute-api:/*"]
    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

# Everybody is let in, and whoever is not of the partner is kept out again.
# ok: public-api
resource "aws_api_gateway_rest_api" "partner" {
  name = "partner"
}

resource "aws_api_gateway_rest_api_policy" "partner" {
  rest_api_id = aws_api_gateway_rest_api.partner.id
  policy      = data.aws_iam_policy_document.partner.json
}

data "aws_iam_policy_document" "partner" {
  source_policy_documents = [data.aws_iam_policy_document.open.json]
  statement {
    effect = "Deny"
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    actions   = ["execute-api:Invoke"]
    resources = ["${aws_api_gateway_rest_api.partner.execution_arn}/*"]
    condition {
      test     = "NotIpAddress"
      variable = "aws:SourceIp"
      values   = ["203.0.113.0/24", "198.51.100.9"]
    }
  }
}

resource "aws_api_gateway_method" "partner" {
  rest_api_id   = aws_api_gateway_rest_api.partner.id
  resource_id   = "orders"
  http_method   = "GET"
  authorization = "NONE" # expect: unauthenticated-endpoint
}

# Its addresses are of a private network, from where nobody comes over the internet.
# ok: public-api, sensitive-port-to-private-range
resource "aws_api_gateway_rest_api" "inside" {
  name = "inside"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
      Condition = { IpAddress = { "aws:SourceIp" = "10.0.0.0/8" } }
    }]
  })
}

# Only who comes by one endpoint.
# ok: public-api
resource "aws_api_gateway_rest_api" "endpoint" {
  name   = "endpoint"
  policy = <<EOT
    {
      "Version": "2012-10-17",
      "Statement": [
        { "Effect": "Allow", "Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*" },
        {
          "Effect": "Deny",
          "Principal": "*",
          "Action": "execute-api:Invoke",
          "Resource": "execute-api:/*",
          "Condition": { "StringNotEquals": { "aws:SourceVpce": "vpce-0123456789abcdef0" } }
        }
      ]
    }
  EOT
}

# A policy that allows says nothing of whom an authorizer lets in.
resource "aws_api_gateway_rest_api" "authorized" { # expect: public-api
  name = "authorized"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
      Condition = { IpAddress = { "aws:SourceIp" = "203.0.113.0/24" } }
    }]
  })
}

resource "aws_api_gateway_method" "authorized" {
  rest_api_id   = aws_api_gateway_rest_api.authorized.id
  resource_id   = "orders"
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = "a1b2c3"
}

# Which addresses these are is said when it is deployed.
# undecided: public-api
resource "aws_api_gateway_rest_api" "office" {
  name = "office"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
      Condition = { IpAddress = { "aws:SourceIp" = var.office } }
    }]
  })
}

# A method that asks for nothing answers nobody but the account that its policy names.
# expect: public-api
resource "aws_api_gateway_rest_api" "account" {
  name = "account"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "execute-api:Invoke"
      Resource  = "execute-api:/*"
    }]
  })
}

resource "aws_api_gateway_method" "account" {
  rest_api_id   = aws_api_gateway_rest_api.account.id
  resource_id   = "orders"
  http_method   = "GET"
  authorization = "NONE" # ok: unauthenticated-endpoint
}
