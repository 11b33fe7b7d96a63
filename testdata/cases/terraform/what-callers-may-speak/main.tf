# What callers may speak, and whether anybody asks who they are, where a resource of its own says so, or nothing does.
resource "aws_db_instance" "orders" {
  engine               = "postgres"
  parameter_group_name = aws_db_parameter_group.orders.name
}

resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres14" # expect: plaintext-service
  parameter {
    name  = "log_connections"
    value = "1"
  }
}

# From PostgreSQL 15 on, RDS asks for TLS unless told otherwise.
resource "aws_db_instance" "stock" {
  engine               = "postgres"
  parameter_group_name = aws_db_parameter_group.stock.name
}

resource "aws_db_parameter_group" "stock" { # ok: plaintext-service
  name   = "stock"
  family = "postgres16"
}

# Nothing has these yet.
resource "aws_redshift_parameter_group" "reports" {
  name   = "reports"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "false" # expect: plaintext-service
  }
}

resource "aws_docdb_cluster_parameter_group" "carts" {
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "enabled" # ok: plaintext-service
  }
}

resource "aws_elasticache_replication_group" "sessions" { # expect: unauthenticated-cache
  replication_group_id       = "sessions"
  description                = "Sessions"
  node_type                  = "cache.t4g.small"
  transit_encryption_enabled = true
}

resource "google_redis_instance" "sessions" { # expect: unauthenticated-cache
  name                    = "sessions"
  memory_size_gb          = 1
  transit_encryption_mode = "DISABLED" # expect: plaintext-service
}

# A distribution that fetches as viewers ask: over TLS alone from one origin, and from the other in plaintext too.
resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    origin_id   = "shop"
    domain_name = "shop.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer" # ok: plaintext-client
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    origin_id   = "pictures"
    domain_name = "pictures.example.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer" # expect: plaintext-client
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"
  }
  ordered_cache_behavior {
    path_pattern           = "/pictures/*"
    target_origin_id       = "pictures"
    viewer_protocol_policy = "allow-all"
  }
}

# Websites of S3 speak nothing else.
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    origin_id   = "site"
    domain_name = "site.s3-website-eu-west-1.amazonaws.com"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only" # ok: plaintext-client
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "redirect-to-https"
  }
}

resource "aws_launch_template" "runner" {
  network_interfaces {
    associate_public_ip_address = true # expect: public-address
  }
}

resource "azurerm_kubernetes_cluster" "shop" {
  name = "shop"
  default_node_pool {
    name                   = "system"
    node_public_ip_enabled = true # expect: public-nodes
  }
}
