package dev.sluice.connector.file.store.s3;

import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.S3Login;
import dev.sluice.connector.file.store.StoreOpener;

/** Opens stores that speak S3; found by its name. */
public final class S3Opener implements StoreOpener<S3Login> {
    /** Makes the opener. */
    public S3Opener() {}

    @Override
    public ObjectStore open(String bucket, S3Login login) {
        return S3Store.open(bucket, login);
    }
}
