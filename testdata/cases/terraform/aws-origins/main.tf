# What a distribution speaks to those that it fetches from, whatever its viewers speak to it.

resource "aws_s3_bucket" "site" {
  bucket = "site"
}

resource "aws_s3_bucket_website_configuration" "site" {
  bucket = aws_s3_bucket.site.id
  index_document {
    suffix = "index.html"
  }
}

resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
}

resource "aws_cloudfront_distribution" "shop" {
  enabled = true
  origin {
    domain_name = aws_lb.shop.dns_name
    origin_id   = "shop"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "http-only" # expect: plaintext-client
      origin_ssl_protocols   = ["TLSv1"]   # ok: weak-tls-client
    }
  }
  # A bucket's own name is spoken to over TLS, as its viewers do.
  origin {
    domain_name = aws_s3_bucket.site.bucket_regional_domain_name
    origin_id   = "files"
  }
  default_cache_behavior {
    target_origin_id       = "shop"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/shop"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# expect: plaintext-from-internet
resource "aws_cloudfront_distribution" "news" {
  enabled = true
  origin {
    domain_name = "news.example.com"
    origin_id   = "news"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer"       # expect: plaintext-client
      origin_ssl_protocols   = ["TLSv1.1", "TLSv1.2"] # expect: weak-tls-client
    }
  }
  # Nobody who speaks plaintext gets there.
  origin {
    domain_name = "login.example.com"
    origin_id   = "login"
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "match-viewer" # ok: plaintext-client
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "news"
    viewer_protocol_policy = "allow-all"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  ordered_cache_behavior {
    path_pattern           = "/login/*"
    target_origin_id       = "login"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/news"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# A bucket as a website speaks nothing else, and what is in it is for everybody.
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  origin {
    domain_name = aws_s3_bucket_website_configuration.site.website_endpoint
    origin_id   = "site"
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
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  viewer_certificate {
    acm_certificate_arn      = "arn:aws:acm:us-east-1:123456789012:certificate/site"
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }
}

# Clusters of EMR start with any groups.
resource "aws_emr_block_public_access_configuration" "own" {
  block_public_security_group_rules = false # expect: public-rules-permitted
}
