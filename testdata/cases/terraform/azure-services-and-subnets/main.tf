resource "random_integer" "suffix" {
  min = 1
  max = 9999
}

# The rules for it are a resource of their own, and its name is not known.
resource "azurerm_storage_account" "held" { # ok: managed-api-exposed
  name                     = "held${random_integer.suffix.result}"
  resource_group_name      = "shop"
  location                 = "westeurope"
  account_tier             = "Standard"
  account_replication_type = "LRS"
}

resource "azurerm_storage_account_network_rules" "held" {
  storage_account_id = azurerm_storage_account.held.id
  default_action     = "Deny"
  ip_rules           = ["203.0.113.7"]
}

# expect: managed-api-exposed
resource "azurerm_storage_account" "open" {
  name                       = "open"
  resource_group_name        = "shop"
  location                   = "westeurope"
  account_tier               = "Standard"
  account_replication_type   = "LRS"
  https_traffic_only_enabled = false    # expect: plaintext-service
  min_tls_version            = "TLS1_0" # expect: weak-tls
}

resource "azurerm_key_vault" "private" { # ok: managed-api-exposed
  name                          = "private"
  resource_group_name           = "shop"
  location                      = "westeurope"
  tenant_id                     = "00000000-0000-0000-0000-000000000000"
  sku_name                      = "standard"
  public_network_access_enabled = false
}

# A database in a subnet of its own has no public address, and its subnet takes no group of others.
resource "azurerm_subnet" "databases" { # ok: unguarded-segment
  name                 = "databases"
  resource_group_name  = "shop"
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.0.1.0/24"]
  delegation {
    name = "postgresql"
    service_delegation {
      name = "Microsoft.DBforPostgreSQL/flexibleServers"
    }
  }
}

resource "azurerm_virtual_network" "shop" {
  name                = "shop"
  resource_group_name = "shop"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}

resource "azurerm_postgresql_flexible_server" "inside" { # ok: public-managed-service
  name                = "inside"
  resource_group_name = "shop"
  location            = "westeurope"
  delegated_subnet_id = azurerm_subnet.databases.id
}

resource "azurerm_postgresql_flexible_server_configuration" "plain" {
  name      = "require_secure_transport"
  server_id = azurerm_postgresql_flexible_server.inside.id
  value     = "off" # expect: plaintext-service
}

# expect: unguarded-segment
resource "azurerm_subnet" "machines" {
  name                 = "machines"
  resource_group_name  = "shop"
  virtual_network_name = azurerm_virtual_network.shop.name
  address_prefixes     = ["10.0.2.0/24"]
}

resource "azurerm_linux_web_app" "office" { # ok: plaintext-from-internet
  name                = "office"
  resource_group_name = "shop"
  location            = "westeurope"
  service_plan_id     = "plan"
  https_only          = true
  site_config {
    ip_restriction {
      ip_address = "203.0.113.0/24"
    }
  }
}

# Whoever rents a machine in Azure comes from there.
resource "azurerm_network_security_group" "agents" {
  name                = "agents"
  resource_group_name = "shop"
  location            = "westeurope"
  security_rule {
    name                       = "agents"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "8443"
    source_address_prefix      = "AzureCloud" # expect: open-to-platform
    destination_address_prefix = "*"
  }
}
