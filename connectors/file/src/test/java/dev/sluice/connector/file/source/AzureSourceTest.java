package dev.sluice.connector.file.source;

import dev.sluice.connector.file.store.AzureServer;

class AzureSourceTest extends StoreSourceContract {
    AzureSourceTest() {
        super(AzureServer.shared());
    }
}
