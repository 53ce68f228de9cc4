package dev.sluice.connector.file.store.azure;

import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreOpener;

/** Opens stores of Azure; found by its name. */
public final class AzureOpener implements StoreOpener<AzureLogin> {
    /** Makes the opener. */
    public AzureOpener() {}

    @Override
    public ObjectStore open(String container, AzureLogin login) {
        return AzureStore.open(container, login);
    }
}
