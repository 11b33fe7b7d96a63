# Policies of Cloud Armor say whom the proxies of a load balancer call a backend for.
resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}

resource "google_compute_firewall" "front" {
  name          = "front"
  network       = google_compute_network.shop.name
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"]
  allow {
    protocol = "tcp"
    ports    = ["8080", "5432"]
  }
}

resource "google_compute_instance" "shop" {
  name         = "shop"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  network_interface {
    network = google_compute_network.shop.id
  }
}

resource "google_compute_instance_group" "shop" {
  name      = "shop"
  zone      = "europe-west1-b"
  instances = [google_compute_instance.shop.id]
  named_port {
    name = "web"
    port = 8080
  }
  named_port {
    name = "database"
    port = 5432
  }
}

resource "google_compute_security_policy" "office" {
  name = "office"
  rule {
    action   = "allow"
    priority = 1000
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["203.0.113.0/24"]
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Only the office gets through.
resource "google_compute_backend_service" "office" {
  name            = "office"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.office.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "office" {
  name            = "office"
  default_service = google_compute_backend_service.office.id
}

resource "google_compute_target_http_proxy" "office" {
  name    = "office"
  url_map = google_compute_url_map.office.id
}

resource "google_compute_global_forwarding_rule" "office" {
  name       = "office"
  target     = google_compute_target_http_proxy.office.id
  port_range = "8001" # ok: plaintext-from-internet
}

resource "google_compute_security_policy" "nobody" {
  name = "nobody"
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Nobody does.
resource "google_compute_backend_service" "nobody" {
  name            = "nobody"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.nobody.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "nobody" {
  name            = "nobody"
  default_service = google_compute_backend_service.nobody.id
}

resource "google_compute_target_http_proxy" "nobody" {
  name    = "nobody"
  url_map = google_compute_url_map.nobody.id
}

resource "google_compute_global_forwarding_rule" "nobody" {
  name       = "nobody"
  target     = google_compute_target_http_proxy.nobody.id
  port_range = "8002" # ok: plaintext-from-internet
}

resource "google_compute_security_policy" "waf" {
  name = "waf"
  rule {
    action   = "deny(403)"
    priority = 100
    match {
      expr {
        expression = "evaluatePreconfiguredExpr('sqli-stable')"
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 200
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["198.51.100.0/24"]
      }
    }
  }
  rule {
    action   = "allow"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Attacks and one network are kept out: everybody else gets through.
resource "google_compute_backend_service" "waf" {
  name            = "waf"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.waf.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "waf" {
  name            = "waf"
  default_service = google_compute_backend_service.waf.id
}

resource "google_compute_target_http_proxy" "waf" {
  name    = "waf"
  url_map = google_compute_url_map.waf.id
}

resource "google_compute_global_forwarding_rule" "waf" {
  name       = "waf"
  target     = google_compute_target_http_proxy.waf.id
  port_range = "8003" # expect: plaintext-from-internet
}

resource "google_compute_security_policy" "overruled" {
  name = "overruled"
  rule {
    action   = "allow"
    priority = 500
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 1000
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["0.0.0.0/0"]
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# The first rule that matches decides.
resource "google_compute_backend_service" "overruled" {
  name            = "overruled"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.overruled.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "overruled" {
  name            = "overruled"
  default_service = google_compute_backend_service.overruled.id
}

resource "google_compute_target_http_proxy" "overruled" {
  name    = "overruled"
  url_map = google_compute_url_map.overruled.id
}

resource "google_compute_global_forwarding_rule" "overruled" {
  name       = "overruled"
  target     = google_compute_target_http_proxy.overruled.id
  port_range = "8004" # expect: plaintext-from-internet
}

resource "google_compute_security_policy" "tried" {
  name = "tried"
  rule {
    action   = "deny(403)"
    priority = 500
    preview  = true
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
  rule {
    action   = "allow"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# What is only tried keeps nobody out.
resource "google_compute_backend_service" "tried" {
  name            = "tried"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.tried.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "tried" {
  name            = "tried"
  default_service = google_compute_backend_service.tried.id
}

resource "google_compute_target_http_proxy" "tried" {
  name    = "tried"
  url_map = google_compute_url_map.tried.id
}

resource "google_compute_global_forwarding_rule" "tried" {
  name       = "tried"
  target     = google_compute_target_http_proxy.tried.id
  port_range = "8005" # expect: plaintext-from-internet
}

resource "google_compute_security_policy" "expression" {
  name = "expression"
  rule {
    action   = "allow"
    priority = 500
    match {
      expr {
        expression = "inIpRange(origin.ip, '203.0.113.0/24') || inIpRange(origin.ip, '198.51.100.7/32')"
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Ranges in an expression.
resource "google_compute_backend_service" "expression" {
  name            = "expression"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.expression.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "expression" {
  name            = "expression"
  default_service = google_compute_backend_service.expression.id
}

resource "google_compute_target_http_proxy" "expression" {
  name    = "expression"
  url_map = google_compute_url_map.expression.id
}

resource "google_compute_global_forwarding_rule" "expression" {
  name       = "expression"
  target     = google_compute_target_http_proxy.expression.id
  port_range = "8006" # ok: plaintext-from-internet
}

resource "google_compute_security_policy" "limited" {
  name = "limited"
  rule {
    action   = "throttle"
    priority = 500
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
    }
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Who does not call too often gets through.
resource "google_compute_backend_service" "limited" {
  name            = "limited"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.limited.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "limited" {
  name            = "limited"
  default_service = google_compute_backend_service.limited.id
}

resource "google_compute_target_http_proxy" "limited" {
  name    = "limited"
  url_map = google_compute_url_map.limited.id
}

resource "google_compute_global_forwarding_rule" "limited" {
  name       = "limited"
  target     = google_compute_target_http_proxy.limited.id
  port_range = "8007" # expect: plaintext-from-internet
}

resource "google_compute_security_policy" "apart" {
  name = "apart"
}

resource "google_compute_security_policy_rule" "apart" {
  security_policy = google_compute_security_policy.apart.name
  priority        = 2147483647
  action          = "deny(403)"
  match {
    versioned_expr = "SRC_IPS_V1"
    config {
      src_ip_ranges = ["*"]
    }
  }
}

# A rule by itself takes the place of the last one, which lets everybody in.
resource "google_compute_backend_service" "apart" {
  name            = "apart"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.apart.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "apart" {
  name            = "apart"
  default_service = google_compute_backend_service.apart.id
}

resource "google_compute_target_http_proxy" "apart" {
  name    = "apart"
  url_map = google_compute_url_map.apart.id
}

resource "google_compute_global_forwarding_rule" "apart" {
  name       = "apart"
  target     = google_compute_target_http_proxy.apart.id
  port_range = "8008" # ok: plaintext-from-internet
}

resource "google_compute_security_policy" "asked" {
  name = "asked"
  rule {
    action   = "allow"
    priority = 500
    match {
      expr {
        expression = "request.headers['x-key'] == 'k'"
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Whom an expression lets in that asks for more than addresses is not decided.
resource "google_compute_backend_service" "asked" {
  name            = "asked"
  protocol        = "HTTP"
  port_name       = "web"
  security_policy = google_compute_security_policy.asked.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_url_map" "asked" {
  name            = "asked"
  default_service = google_compute_backend_service.asked.id
}

resource "google_compute_target_http_proxy" "asked" {
  name    = "asked"
  url_map = google_compute_url_map.asked.id
}

resource "google_compute_global_forwarding_rule" "asked" {
  name       = "asked"
  target     = google_compute_target_http_proxy.asked.id
  port_range = "8009" # ok: plaintext-from-internet
}

resource "google_compute_security_policy" "branches" {
  name = "branches"
  rule {
    action   = "allow"
    priority = 1000
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["203.0.112.0/20"]
      }
    }
  }
  rule {
    action   = "deny(403)"
    priority = 2147483647
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

# Thousands of addresses that somebody owns are no internet, and too many for a data store.
resource "google_compute_backend_service" "database" {
  name            = "database"
  protocol        = "TCP"
  port_name       = "database"
  security_policy = google_compute_security_policy.branches.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_target_tcp_proxy" "database" {
  name            = "database"
  backend_service = google_compute_backend_service.database.id
}

resource "google_compute_global_forwarding_rule" "database" {
  name       = "database"
  target     = google_compute_target_tcp_proxy.database.id
  port_range = "5432" # expect: data-store-exposed
}

resource "google_compute_backend_service" "shut" {
  name            = "shut"
  protocol        = "TCP"
  port_name       = "database"
  security_policy = google_compute_security_policy.nobody.id
  backend {
    group = google_compute_instance_group.shop.id
  }
}

resource "google_compute_target_tcp_proxy" "shut" {
  name            = "shut"
  backend_service = google_compute_backend_service.shut.id
}

resource "google_compute_global_forwarding_rule" "shut" {
  name       = "shut"
  target     = google_compute_target_tcp_proxy.shut.id
  port_range = "5432" # ok: data-store-exposed
}
