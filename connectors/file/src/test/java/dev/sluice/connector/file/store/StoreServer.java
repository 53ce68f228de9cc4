package dev.sluice.connector.file.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real server of one kind of store, for tests. */
public interface StoreServer {
    /** The kind of store. */
    StoreKind kind();

    /** The name of a new bucket, or of what takes its place. */
    String newBucket();

    /** A bucket as Sluice sees it. */
    ObjectStore store(String bucket);

    /** The options by which a source or destination reaches it, with its path. */
    Map<String, @Nullable Object> options(String path);

    /** The secret among the options. */
    String secretOption();

    /** Another secret, well formed and not accepted. */
    default String wrongSecret() {
        return "d3Jvbmc=";
    }

    /** A bucket that is not there; null where there is no such thing. */
    @Nullable
    String missingBucket();

    /** The address of a bucket, with a slash at its end. */
    default String address(String bucket) {
        return kind().scheme() + "://" + bucket + "/";
    }
}
