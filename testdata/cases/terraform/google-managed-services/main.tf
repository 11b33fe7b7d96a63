resource "google_sql_database_instance" "open" {
  name             = "open"
  database_version = "POSTGRES_16"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      authorized_networks {
        value = "0.0.0.0/0" # expect: data-store-exposed "PostgreSQL"
      }
    }
  }
}

resource "google_sql_database_instance" "private" {
  name             = "private"
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-f1-micro"
    ip_configuration {
      ipv4_enabled = false
      authorized_networks {
        value = "0.0.0.0/0" # ok: data-store-exposed
      }
    }
  }
}

# A public address, and nobody on the list.
resource "google_sql_database_instance" "shut" {
  name             = "shut"
  database_version = "MYSQL_8_0"
  settings {
    tier = "db-f1-micro"
  }
}

# expect: cluster-api-exposed
resource "google_container_cluster" "open" {
  name     = "open"
  location = "europe-west3"
}

resource "google_container_cluster" "office" {
  name     = "office"
  location = "europe-west3"
  master_authorized_networks_config {
    cidr_blocks {
      cidr_block = "203.0.113.0/24" # expect: cluster-api-exposed "203.0.113.0/24"
    }
  }
}

# ok: cluster-api-exposed
resource "google_container_cluster" "private" {
  name     = "private"
  location = "europe-west3"
  private_cluster_config {
    enable_private_endpoint = true
  }
}
