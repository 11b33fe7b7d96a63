resource "azurerm_virtual_network" "net" {
  name          = "net"
  address_space = ["10.0.0.0/16"]
}

resource "azurerm_subnet" "vm" {
  name                 = "vm"
  virtual_network_name = azurerm_virtual_network.net.name
  address_prefixes     = ["10.0.1.0/24"]
}

resource "azurerm_network_security_group" "vm" {
  name = "vm"

  security_rule {
    name                       = "probes"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "*"
    source_port_range          = "*"
    destination_port_range     = "*"
    source_address_prefix      = "AzureLoadBalancer" # ok: port-range-exposed
    destination_address_prefix = "*"
  }

  security_rule {
    name                       = "api"
    priority                   = 110
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_port_range          = "*"
    destination_port_range     = "6443"
    source_address_prefix      = "*" # expect: control-plane-exposed
    destination_address_prefix = "*"
  }
}

resource "azurerm_subnet_network_security_group_association" "vm" {
  subnet_id                 = azurerm_subnet.vm.id
  network_security_group_id = azurerm_network_security_group.vm.id
}
