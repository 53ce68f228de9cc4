package dev.sluice.connector.file.store;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import dev.sluice.connector.file.store.azure.AzureStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real server of Azure's blobs, in a process of its own; all tests share it and have containers of their own. */
public final class AzureServer implements StoreServer {
    private static final String ACCOUNT = "devstoreaccount1";
    // The key that the server is delivered with; it is no secret.
    private static final String KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private final String endpoint;
    private final BlobServiceClient client;
    private final AtomicInteger containers = new AtomicInteger();

    private static final class Shared {
        static final Azurite AZURITE = Azurite.start();
        static final @Nullable AzureServer SERVER =
                AZURITE.missing() == null ? new AzureServer(AZURITE.endpoint()) : null;
    }

    private AzureServer(String server) {
        this.endpoint = server + "/" + ACCOUNT;
        this.client = new BlobServiceClientBuilder()
                .connectionString(connectionString())
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient();
    }

    /** The server of this process; tests are left out with the reason where it cannot be had. */
    public static AzureServer shared() {
        AzureServer server = Shared.SERVER;
        if (server == null) {
            return Assumptions.abort(String.valueOf(Shared.AZURITE.missing()));
        }
        return server;
    }

    private String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + KEY + ";BlobEndpoint="
                + endpoint + ";";
    }

    @Override
    public StoreKind kind() {
        return StoreKind.AZURE;
    }

    @Override
    public String newBucket() {
        String container = "container-" + containers.incrementAndGet();
        client.createBlobContainer(container);
        return container;
    }

    /** The client of the one who runs the server. */
    public BlobServiceClient client() {
        return client;
    }

    /** How Sluice reaches it, with a key. */
    public AzureLogin login(String key) {
        return new AzureLogin(ACCOUNT, key, null, null, endpoint);
    }

    /** How Sluice reaches it, with a token for shared access. */
    public AzureLogin shared(String token) {
        return new AzureLogin(ACCOUNT, null, token, null, endpoint);
    }

    /** How Sluice reaches it, with everything in one text. */
    public AzureLogin connection() {
        return new AzureLogin(null, null, null, connectionString(), null);
    }

    @Override
    public AzureStore store(String bucket) {
        return AzureStore.open(bucket, login(KEY));
    }

    @Override
    public Map<String, @Nullable Object> options(String path) {
        Map<String, @Nullable Object> options = new LinkedHashMap<>();
        options.put("path", path);
        options.put("azure_account", ACCOUNT);
        options.put("azure_key", KEY);
        options.put("azure_endpoint", endpoint);
        return options;
    }

    @Override
    public String secretOption() {
        return "azure_key";
    }

    @Override
    public String missingBucket() {
        return "no-such-container";
    }
}
