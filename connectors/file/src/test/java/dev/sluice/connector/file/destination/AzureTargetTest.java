package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.AzureServer;

class AzureTargetTest extends StoreTargetContract {
    AzureTargetTest() {
        super(AzureServer.shared());
    }
}
