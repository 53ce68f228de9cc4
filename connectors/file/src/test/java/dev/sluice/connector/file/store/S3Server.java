package dev.sluice.connector.file.store;

import dev.sluice.connector.file.store.s3.S3Store;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.jspecify.annotations.Nullable;

/** A real server of S3 in this process, with its content in memory; all tests share it and have buckets of their own. */
public final class S3Server implements StoreServer {
    private static final String KEY = "the-key";
    private static final String SECRET = "the-secret";

    private final BlobStore content;
    private final S3Proxy proxy;
    private final AtomicInteger buckets = new AtomicInteger();

    private static final class Shared {
        static final S3Server SERVER = start();
    }

    private S3Server(BlobStore content, S3Proxy proxy) {
        this.content = content;
        this.proxy = proxy;
    }

    /** The server of this process. */
    public static S3Server shared() {
        return Shared.SERVER;
    }

    private static S3Server start() {
        BlobStore content = BlobStores.create("transient-nio2", new Properties());
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(content)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                .build();
        try {
            proxy.start();
        } catch (Exception failure) {
            throw new IllegalStateException("the server of S3 does not start", failure);
        }
        return new S3Server(content, proxy);
    }

    @Override
    public StoreKind kind() {
        return StoreKind.S3;
    }

    @Override
    public String secretOption() {
        return "s3_secret_access_key";
    }

    @Override
    public String missingBucket() {
        return "no-such-bucket";
    }

    @Override
    public Map<String, @Nullable Object> options(String path) {
        return new LinkedHashMap<>(options(path, port()));
    }

    /** The options by which a source or destination reaches it through another port. */
    public Map<String, Object> options(String path, int port) {
        return Map.of(
                "path", path,
                "s3_endpoint", "http://127.0.0.1:" + port,
                "s3_access_key_id", KEY,
                "s3_secret_access_key", SECRET);
    }

    /** Its port of 127.0.0.1. */
    public int port() {
        return proxy.getPort();
    }

    /** Its address. */
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** A new bucket. */
    public S3Store newStore() {
        return store(newBucket());
    }

    @Override
    public S3Store store(String bucket) {
        return S3Store.open(bucket, login());
    }

    /** How Sluice reaches it. */
    public S3Login login() {
        return new S3Login(null, endpoint(), KEY, SECRET, null);
    }

    @Override
    public String newBucket() {
        String bucket = "bucket-" + buckets.incrementAndGet();
        content.createContainer(bucket);
        return bucket;
    }
}
