resource "google_compute_network" "shop" {
  name                    = "shop"
  auto_create_subnetworks = false
}

resource "google_alloydb_cluster" "shop" {
  cluster_id = "shop"
  location   = "europe-west1"
  network_config {
    network = google_compute_network.shop.id
  }
}

# Nothing is said: inside of the network alone, and TLS alone.
# ok: public-managed-service
resource "google_alloydb_instance" "inside" {
  cluster       = google_alloydb_cluster.shop.name
  instance_id   = "inside"
  instance_type = "PRIMARY"
}

resource "google_alloydb_instance" "everybody" {
  cluster       = google_alloydb_cluster.shop.name
  instance_id   = "everybody"
  instance_type = "READ_POOL"
  network_config {
    enable_public_ip = true
    authorized_external_networks {
      cidr_range = "0.0.0.0/0" # expect: data-store-exposed
    }
  }
  client_connection_config {
    ssl_config {
      ssl_mode = "ALLOW_UNENCRYPTED_AND_ENCRYPTED" # expect: plaintext-service
    }
  }
}

resource "google_alloydb_instance" "office" {
  cluster       = google_alloydb_cluster.shop.name
  instance_id   = "office"
  instance_type = "READ_POOL"
  network_config {
    enable_public_ip = true # expect: public-managed-service
    authorized_external_networks {
      cidr_range = "203.0.113.7/32" # ok: data-store-exposed
    }
  }
}

# A public address is no way around its network: who is in that gets to all of them.
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  zone         = "europe-west1-b"
  network_interface {
    network = google_compute_network.shop.id
  }
  metadata_startup_script = "export DATABASE_URL=postgres://shop@${google_alloydb_instance.office.ip_address}:5432/shop" # ok: blocked-need
}

# The API of the platform asks everybody who they are, and nothing turns it off.
# ok: managed-api-exposed
resource "google_spanner_instance" "stock" {
  name         = "stock"
  config       = "regional-europe-west1"
  display_name = "stock"
  num_nodes    = 1
}
