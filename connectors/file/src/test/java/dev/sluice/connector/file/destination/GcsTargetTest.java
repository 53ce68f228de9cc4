package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.store.GcsServer;

class GcsTargetTest extends StoreTargetContract {
    GcsTargetTest() {
        super(GcsServer.shared());
    }
}
