# Proxies of Google Cloud lead to machines and programs, and call them from addresses of their own (R80).
resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "shop" {
  name          = "shop"
  network       = google_compute_network.shop.id
  ip_cidr_range = "10.0.0.0/24"
}

resource "google_compute_firewall" "front" {
  name          = "front"
  network       = google_compute_network.shop.name
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"]
  target_tags   = ["shop"]
  allow {
    protocol = "tcp"
    ports    = ["8080", "5432"]
  }
}

resource "google_compute_instance_template" "shop" {
  machine_type = "e2-small"
  tags         = ["shop"]
  network_interface {
    subnetwork = google_compute_subnetwork.shop.id
  }
}

resource "google_compute_instance_group_manager" "shop" {
  name               = "shop"
  base_instance_name = "shop"
  version {
    instance_template = google_compute_instance_template.shop.id
  }
  named_port {
    name = "web"
    port = 8080
  }
  named_port {
    name = "database"
    port = 5432
  }
  named_port {
    name = "cache"
    port = 6379
  }
}

resource "google_compute_backend_service" "shop" {
  name      = "shop"
  protocol  = "HTTP"
  port_name = "web"
  backend {
    group = google_compute_instance_group_manager.shop.instance_group
  }
}

resource "google_compute_backend_service" "database" {
  name      = "database"
  protocol  = "TCP"
  port_name = "database"
  backend {
    group = google_compute_instance_group_manager.shop.instance_group
  }
}

# No firewall lets the proxies in to it.
resource "google_compute_backend_service" "cache" {
  name      = "cache"
  protocol  = "TCP"
  port_name = "cache"
  backend {
    group = google_compute_instance_group_manager.shop.instance_group
  }
}

resource "google_cloud_run_v2_service" "api" {
  name    = "api"
  ingress = "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER"
  template {
    containers {
      image = "europe-docker.pkg.dev/shop/shop/api:1"
      ports {
        container_port = 3000
      }
    }
  }
}

resource "google_compute_region_network_endpoint_group" "api" {
  name                  = "api"
  region                = "europe-west1"
  network_endpoint_type = "SERVERLESS"
  cloud_run {
    service = google_cloud_run_v2_service.api.name
  }
}

resource "google_compute_backend_service" "api" {
  name = "api"
  backend {
    group = google_compute_region_network_endpoint_group.api.id
  }
}

resource "google_compute_url_map" "shop" {
  name            = "shop"
  default_service = google_compute_backend_service.shop.id
  host_rule {
    hosts        = ["*"]
    path_matcher = "all"
  }
  path_matcher {
    name            = "all"
    default_service = google_compute_backend_service.shop.id
    path_rule {
      paths   = ["/api/*"]
      service = google_compute_backend_service.api.id
    }
  }
}

resource "google_compute_target_https_proxy" "shop" {
  name             = "shop"
  url_map          = google_compute_url_map.shop.id
  ssl_certificates = ["shop"]
}

resource "google_compute_global_forwarding_rule" "shop" {
  name       = "shop"
  target     = google_compute_target_https_proxy.shop.id
  port_range = "443" # ok: plaintext-from-internet
}

resource "google_compute_url_map" "redirect" {
  name = "redirect"
  default_url_redirect {
    https_redirect = true
    strip_query    = false
  }
}

resource "google_compute_target_http_proxy" "redirect" {
  name    = "redirect"
  url_map = google_compute_url_map.redirect.id
}

resource "google_compute_global_forwarding_rule" "redirect" {
  name       = "redirect"
  target     = google_compute_target_http_proxy.redirect.id
  port_range = "80" # ok: plaintext-from-internet
}

resource "google_compute_target_http_proxy" "plain" {
  name    = "plain"
  url_map = google_compute_url_map.shop.id
}

resource "google_compute_global_forwarding_rule" "plain" {
  name       = "plain"
  target     = google_compute_target_http_proxy.plain.id
  port_range = "8000" # expect: plaintext-from-internet
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

resource "google_compute_target_tcp_proxy" "cache" {
  name            = "cache"
  backend_service = google_compute_backend_service.cache.id
}

resource "google_compute_global_forwarding_rule" "cache" {
  name       = "cache"
  target     = google_compute_target_tcp_proxy.cache.id
  port_range = "6379" # ok: cache-exposed
}

# What is served there besides is not in the code.
variable "matchers" {}

resource "google_compute_url_map" "perhaps" {
  name = "perhaps"
  default_url_redirect {
    https_redirect = true
    strip_query    = false
  }
  dynamic "path_matcher" {
    for_each = var.matchers
    content {
      name            = path_matcher.key
      default_service = google_compute_backend_service.shop.id
    }
  }
}

resource "google_compute_target_http_proxy" "perhaps" {
  name    = "perhaps"
  url_map = google_compute_url_map.perhaps.id
}

resource "google_compute_global_forwarding_rule" "perhaps" {
  name       = "perhaps"
  target     = google_compute_target_http_proxy.perhaps.id
  port_range = "8001" # expect: plaintext-from-internet
}
