# Another project's network of the same name, and of the same name of its subnet, is another one.
resource "google_compute_network" "theirs" {
  name                    = "shared"
  project                 = "stock"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "theirs" {
  name          = "app"
  project       = "stock"
  region        = "europe-west1"
  network       = google_compute_network.theirs.id
  ip_cidr_range = "10.2.0.0/24"
}

resource "google_compute_instance" "theirs" {
  name         = "theirs"
  project      = "stock"
  zone         = "europe-west1-b"
  machine_type = "e2-small"
  tags         = ["jump"]
  network_interface {
    network    = "shared"
    access_config {}
  }
  metadata_startup_script = "export REDIS_URL=redis://${google_redis_instance.sessions.host}:6379" # expect: blocked-need
}

# Which project this is nobody says: its network may be the shared one.
variable "project" {
  type = string
}

resource "google_compute_instance" "unsaid" {
  name         = "unsaid"
  zone         = "europe-west1-b"
  machine_type = "e2-small"
  network_interface {
    subnetwork = "projects/${var.project}/regions/europe-west1/subnetworks/app"
  }
  metadata_startup_script = "export REDIS_URL=redis://${google_redis_instance.sessions.host}:6379" # ok: blocked-need
}
