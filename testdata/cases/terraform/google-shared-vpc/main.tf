# A Shared VPC: the host project has the network, and machines of service projects name it by its path.
provider "google" {
  project = "shop-host"
}

resource "google_compute_shared_vpc_host_project" "host" {
  project = "shop-host"
}

resource "google_compute_shared_vpc_service_project" "web" {
  host_project    = google_compute_shared_vpc_host_project.host.project
  service_project = "shop-web"
}

# In no project by its own words: it is in the provider's.
resource "google_compute_network" "shared" {
  name                    = "shared"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "app" {
  name          = "app"
  region        = "europe-west1"
  network       = "shared"
  ip_cidr_range = "10.1.0.0/24"
}

resource "google_compute_firewall" "ssh" {
  name          = "ssh"
  network       = "https://www.googleapis.com/compute/v1/projects/shop-host/global/networks/shared"
  target_tags   = ["jump"]
  source_ranges = ["0.0.0.0/0"] # expect: remote-admin-exposed
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "database" {
  name          = "database"
  network       = "projects/shop-host/global/networks/shared"
  target_tags   = ["database"]
  source_ranges = ["10.1.0.0/24"] # ok: data-store-exposed
  allow {
    protocol = "tcp"
    ports    = ["5432"]
  }
}

resource "google_compute_instance" "jump" {
  name         = "jump"
  project      = "shop-web"
  zone         = "europe-west1-b"
  machine_type = "e2-small"
  tags         = ["jump"]
  network_interface {
    subnetwork = "projects/shop-host/regions/europe-west1/subnetworks/app"
    access_config {}
  }
}

resource "google_sql_database_instance" "shop" {
  name             = "shop"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled = false
      ssl_mode     = "ENCRYPTED_ONLY"
    }
  }
}

resource "google_redis_instance" "sessions" {
  name               = "sessions"
  memory_size_gb     = 1
  authorized_network = "projects/shop-host/global/networks/shared"
}

resource "google_compute_instance" "web" {
  name         = "web"
  project      = "shop-web"
  zone         = "europe-west1-b"
  machine_type = "e2-small"
  network_interface {
    subnetwork         = "app"
    subnetwork_project = "shop-host"
  }
  metadata_startup_script = "export REDIS_URL=redis://${google_redis_instance.sessions.host}:6379" # ok: blocked-need
}
