resource "azurerm_network_security_group" "lone" {
  name                = "lone"
  location            = "westeurope"
  resource_group_name = "shop"

  security_rule {
    name                       = "desktop"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "3389"
    source_address_prefix      = "Internet" # expect: remote-admin-exposed
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "no-shell"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Deny"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "*"
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "shell"
    priority                   = 120
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "22"
    source_address_prefix      = "*" # ok: remote-admin-exposed
    destination_address_prefix = "*"
  }
}
