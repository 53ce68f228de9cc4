package dev.sluice.connector.file.source;

import dev.sluice.connector.file.store.GcsServer;

class GcsSourceTest extends StoreSourceContract {
    GcsSourceTest() {
        super(GcsServer.shared());
    }
}
