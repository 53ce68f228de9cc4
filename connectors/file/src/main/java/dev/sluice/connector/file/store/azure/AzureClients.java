package dev.sluice.connector.file.store.azure;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes clients of Azure's stores. */
final class AzureClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TRY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);
    private static final int ATTEMPTS = 4;
    private static final String KEY_PART = "AccountKey=";
    private static final String SAS_PART = "SharedAccessSignature=";

    private AzureClients() {}

    /**
     * A client.
     *
     * @param authority the container, with the host of its account behind an at sign as Hadoop writes it
     */
    static BlobServiceClient open(String authority, AzureLogin login) {
        BlobServiceClientBuilder builder = new BlobServiceClientBuilder()
                .httpClient(new JdkHttpClientBuilder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .build())
                .retryOptions(new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, ATTEMPTS, TRY_TIMEOUT, PAUSE, LONGEST_PAUSE, null));
        try {
            requireKey(login);
            if (login.connectionString() != null) {
                return builder.connectionString(login.connectionString()).buildClient();
            }
            String account = account(authority, login);
            builder.endpoint(endpoint(authority, login, account));
            if (login.key() != null) {
                builder.credential(new StorageSharedKeyCredential(required(account, "azure_account"), login.key()));
            } else if (login.sas() != null) {
                builder.sasToken(login.sas());
            }
            return builder.buildClient();
        } catch (IllegalArgumentException | NullPointerException malformed) {
            // The cause is left out: it may repeat a secret.
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the options for Azure do not fit together")
                    .at(login.connectionString() == null ? "azure_key" : "azure_connection_string")
                    .fix("copy the connection string or the key of the storage account again")
                    .exception();
        }
    }

    /** What the environment adds where the configuration gives no credentials, by the names that Azure's own tools use. */
    static AzureLogin completed(AzureLogin login, Function<String, @Nullable String> environment) {
        String account = login.account() == null ? environment.apply("AZURE_STORAGE_ACCOUNT") : login.account();
        boolean given = login.key() != null || login.sas() != null || login.connectionString() != null;
        if (given || login.endpoint() != null) {
            return new AzureLogin(account, login.key(), login.sas(), login.connectionString(), login.endpoint());
        }
        return new AzureLogin(
                account,
                environment.apply("AZURE_STORAGE_KEY"),
                environment.apply("AZURE_STORAGE_SAS_TOKEN"),
                login.account() == null ? environment.apply("AZURE_STORAGE_CONNECTION_STRING") : null,
                null);
    }

    /** The token for shared access, which a connection string may hold too. */
    static @Nullable String sas(AzureLogin login) {
        return part(login, SAS_PART, login.sas());
    }

    /** A key that is malformed would be noticed with the first request only. */
    private static void requireKey(AzureLogin login) {
        String key = part(login, KEY_PART, login.key());
        if (key != null && Base64.getDecoder().decode(key).length == 0) {
            throw new IllegalArgumentException("the key is empty");
        }
    }

    private static @Nullable String part(AzureLogin login, String name, @Nullable String otherwise) {
        String text = login.connectionString();
        if (text != null) {
            for (String part : text.split(";", -1)) {
                if (part.startsWith(name)) {
                    return part.substring(name.length());
                }
            }
        }
        return otherwise;
    }

    private static @Nullable String account(String authority, AzureLogin login) {
        int at = authority.indexOf('@');
        if (login.account() != null || at < 0) {
            return login.account();
        }
        int dot = authority.indexOf('.', at);
        return authority.substring(at + 1, dot < 0 ? authority.length() : dot);
    }

    private static String endpoint(String authority, AzureLogin login, @Nullable String account) {
        if (login.endpoint() != null) {
            return login.endpoint();
        }
        int at = authority.indexOf('@');
        String host = at < 0
                ? required(account, "azure_account") + ".blob.core.windows.net"
                : authority.substring(at + 1).replaceFirst("\\.dfs\\.", ".blob.");
        return "https://" + host;
    }

    private static String required(@Nullable String value, String option) {
        if (value == null) {
            throw missing(option);
        }
        return Objects.requireNonNull(value);
    }

    private static ProblemException missing(String option) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, "the storage account is not known")
                .at(option)
                .fix("give azure_account, or azure_connection_string, or write the address as"
                        + " abfss://container@account.dfs.core.windows.net/folder/")
                .exception();
    }
}
