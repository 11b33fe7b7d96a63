resource "azurerm_mssql_server" "open" {
  name                = "open"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
}

resource "azurerm_mssql_firewall_rule" "everybody" {
  name             = "everybody"
  server_id        = azurerm_mssql_server.open.id
  start_ip_address = "0.0.0.0" # expect: data-store-exposed "reachable from the internet"
  end_ip_address   = "255.255.255.255"
}

# Nobody is on its list.
resource "azurerm_mssql_server" "shut" {
  name                = "shut"
  resource_group_name = "shop"
  location            = "westeurope"
  version             = "12.0"
}

# Its public address is turned off, and the rule is for nothing.
resource "azurerm_postgresql_flexible_server" "private" {
  name                          = "private"
  resource_group_name           = "shop"
  location                      = "westeurope"
  public_network_access_enabled = false
}

resource "azurerm_postgresql_flexible_server_firewall_rule" "private" {
  name             = "private"
  server_id        = azurerm_postgresql_flexible_server.private.id
  start_ip_address = "0.0.0.0"
  end_ip_address   = "255.255.255.255"
}

# Whatever runs in Azure gets in; whose that is, nobody knows.
resource "azurerm_mysql_flexible_server" "azure" {
  name                = "azure"
  resource_group_name = "shop"
  location            = "westeurope"
}

resource "azurerm_mysql_flexible_server_firewall_rule" "azure" {
  name                = "azure"
  resource_group_name = "shop"
  server_name         = azurerm_mysql_flexible_server.azure.name
  start_ip_address    = "0.0.0.0" # undecided: data-store-exposed
  end_ip_address      = "0.0.0.0"
}

# expect: cluster-api-exposed
resource "azurerm_kubernetes_cluster" "open" {
  name                = "open"
  resource_group_name = "shop"
  location            = "westeurope"
}

# ok: cluster-api-exposed
resource "azurerm_kubernetes_cluster" "private" {
  name                    = "private"
  resource_group_name     = "shop"
  location                = "westeurope"
  private_cluster_enabled = true
}
