# Switches of Google Cloud's managed services: who may call, over what, and from where (R80).
resource "google_cloud_run_v2_service" "shop" {
  name = "shop"
  template {
    containers {
      image = "europe-docker.pkg.dev/shop/shop/shop:1"
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "shop" {
  name   = google_cloud_run_v2_service.shop.name
  role   = "roles/run.invoker"
  member = "allUsers" # expect: unauthenticated-endpoint
}

resource "google_cloud_run_v2_service" "staff" {
  name    = "staff"
  ingress = "INGRESS_TRAFFIC_INTERNAL_ONLY"
  template {
    containers {
      image = "europe-docker.pkg.dev/shop/shop/staff:1"
    }
  }
}

resource "google_cloud_run_v2_service_iam_member" "staff" { # ok: unauthenticated-endpoint
  name   = google_cloud_run_v2_service.staff.name
  role   = "roles/run.invoker"
  member = "group:staff@example.com"
}

data "google_iam_policy" "everybody" {
  binding {
    role    = "roles/cloudfunctions.invoker"
    members = ["allUsers"] # expect: unauthenticated-endpoint
  }
}

resource "google_cloudfunctions2_function" "hook" {
  name     = "hook"
  location = "europe-west1"
  service_config {
    ingress_settings = "ALLOW_ALL"
  }
}

resource "google_cloudfunctions2_function_iam_policy" "hook" {
  cloud_function = google_cloudfunctions2_function.hook.name
  policy_data    = data.google_iam_policy.everybody.policy_data
}

resource "google_sql_database_instance" "orders" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled = true        # expect: public-managed-service
      ssl_mode     = "ENCRYPTED_ONLY" # ok: plaintext-service
    }
  }
}

resource "google_sql_database_instance" "inner" {
  database_version = "POSTGRES_15"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled = false # ok: public-managed-service
      require_ssl  = false # expect: plaintext-service
    }
  }
}

resource "google_compute_ssl_policy" "old" {
  name            = "old"
  profile         = "MODERN"
  min_tls_version = "TLS_1_1" # expect: weak-tls
}

resource "google_compute_ssl_policy" "new" { # ok: weak-tls
  name            = "new"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_url_map" "shop" {
  name = "shop"
}

resource "google_compute_target_https_proxy" "shop" { # ok: weak-tls
  name       = "shop"
  url_map    = google_compute_url_map.shop.id
  ssl_policy = google_compute_ssl_policy.new.id
}

resource "google_compute_global_forwarding_rule" "shop" {
  name       = "shop"
  target     = google_compute_target_https_proxy.shop.id
  port_range = "443"
}

resource "google_compute_target_http_proxy" "plain" {
  name    = "plain"
  url_map = google_compute_url_map.shop.id
}

resource "google_compute_global_forwarding_rule" "plain" { # expect: plaintext-from-internet
  name       = "plain"
  target     = google_compute_target_http_proxy.plain.id
  port_range = "80"
}

resource "google_container_cluster" "shop" {
  name = "shop"
  private_cluster_config {
    enable_private_nodes    = true # ok: public-nodes
    enable_private_endpoint = true # ok: cluster-api-exposed
  }
  datapath_provider = "ADVANCED_DATAPATH" # ok: policies-unenforced
  ip_allocation_policy {}
}

resource "google_data_fusion_instance" "etl" {
  name             = "etl"
  type             = "BASIC"
  private_instance = false # expect: managed-api-exposed
}

resource "google_notebooks_instance" "lab" {
  name         = "lab"
  machine_type = "e2-medium"
  no_public_ip = true # ok: public-address
}

resource "google_dataproc_cluster" "etl" {
  name = "etl"
  cluster_config {
    gce_cluster_config {
      internal_ip_only = false # expect: public-nodes
    }
  }
}
