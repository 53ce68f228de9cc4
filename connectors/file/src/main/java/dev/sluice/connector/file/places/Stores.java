package dev.sluice.connector.file.places;

import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.S3Login;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.connector.file.store.StoreOpener;
import dev.sluice.connector.file.store.gcs.GcsStore;
import dev.sluice.connector.file.store.sftp.SftpStore;

/** Opens the store that an address means. */
public final class Stores {
    /** The libraries of S3 are loaded once, by the first who needs them. */
    private static final class S3 {
        @SuppressWarnings("unchecked")
        static final StoreOpener<S3Login> OPENER =
                PlaceLoader.load("s3", "dev.sluice.connector.file.store.s3", "S3Opener", StoreOpener.class);
    }

    /** The libraries of Azure likewise. */
    private static final class Azure {
        @SuppressWarnings("unchecked")
        static final StoreOpener<AzureLogin> OPENER =
                PlaceLoader.load("azure", "dev.sluice.connector.file.store.azure", "AzureOpener", StoreOpener.class);
    }

    private Stores() {}

    /** Opens a store. */
    public static ObjectStore open(StoreAddress address, StoreLogins logins) {
        return switch (address.kind()) {
            case S3 -> S3.OPENER.open(address.bucket(), logins.s3());
            case AZURE -> Azure.OPENER.open(address.bucket(), logins.azure());
            case GCS -> GcsStore.open(address.bucket(), logins.gcs());
            case SFTP -> SftpStore.open(address.bucket(), logins.sftp());
        };
    }
}
