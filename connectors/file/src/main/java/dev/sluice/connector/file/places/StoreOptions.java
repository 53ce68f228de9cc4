package dev.sluice.connector.file.places;

import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.GcsLogin;
import dev.sluice.connector.file.store.S3Login;
import dev.sluice.connector.file.store.SftpLogin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The options of stores, which sources and destinations have alike. */
public final class StoreOptions {
    private static final Option<String> S3_REGION = Option.text("s3_region", "S3: region")
            .describedAs("By default that of the environment.")
            .examples("eu-central-1");
    private static final Option<String> S3_ENDPOINT = Option.text("s3_endpoint", "S3: endpoint")
            .describedAs("The web address of a server other than Amazon's, such as MinIO or R2.")
            .examples("https://minio.example.com:9000");
    private static final Option<String> S3_KEY_ID = Option.text("s3_access_key_id", "S3: access key id")
            .describedAs("By default the key comes from the environment, the profile, or the role of the machine.");
    private static final Option<String> S3_SECRET =
            Option.secret("s3_secret_access_key", "S3: secret access key").describedAs("Belongs to the access key id.");
    private static final Option<String> S3_TOKEN = Option.secret("s3_session_token", "S3: session token")
            .describedAs("Belongs to an access key that is valid for a while.");
    private static final Option<String> AZURE_ACCOUNT = Option.text("azure_account", "Azure: storage account")
            .describedAs("By default that of the address or the environment.")
            .examples("shop");
    private static final Option<String> AZURE_KEY =
            Option.secret("azure_key", "Azure: account key").describedAs("A key of the storage account.");
    private static final Option<String> AZURE_SAS = Option.secret("azure_sas", "Azure: shared access signature")
            .describedAs("A token that may read, and to write also list, create, write and delete.");
    private static final Option<String> AZURE_CONNECTION = Option.secret(
                    "azure_connection_string", "Azure: connection string")
            .describedAs("Account and key, or token, in one text, as the portal shows it.");
    private static final Option<String> AZURE_ENDPOINT = Option.text("azure_endpoint", "Azure: endpoint")
            .describedAs("The web address of the blob service, where it is not the one of the public cloud.")
            .examples("https://shop.blob.core.usgovcloudapi.net");
    private static final Option<String> GCS_CREDENTIALS = Option.secretLines("gcs_credentials", "Google: credentials")
            .describedAs("The text of the key file of a service account, or of a login of gcloud. By default those of"
                    + " gcloud, or what the machine may do.");
    private static final Option<String> GCS_FILE = Option.path("gcs_credentials_file", "Google: file of credentials")
            .describedAs("The same as a file.")
            .examples("service-account.json");
    private static final Option<String> GCS_ENDPOINT = Option.text("gcs_endpoint", "Google: endpoint")
            .describedAs("The web address of a server other than Google's.")
            .examples("https://storage.example.com");
    private static final Option<String> SFTP_PASSWORD =
            Option.secret("sftp_password", "SFTP: password").describedAs("Of the user that the address names.");
    private static final Option<String> SFTP_KEY = Option.secretLines("sftp_private_key", "SFTP: private key")
            .describedAs("The text of a private key. Without key and password those of ~/.ssh are tried.");
    private static final Option<String> SFTP_PASSPHRASE =
            Option.secret("sftp_passphrase", "SFTP: passphrase").describedAs("What the private key is encrypted with.");
    private static final Option<String> SFTP_HOST_KEY = Option.text("sftp_host_key", "SFTP: key of the server")
            .describedAs("The fingerprint of the only key that is accepted, as ssh-keygen -l prints it. By default the"
                    + " server has to be among the known hosts.")
            .examples("SHA256:uNiVztksCsDhcc0u9e8BrrJXVGDGjAH2hfM6QYyDZ1k");
    private static final Option<String> SFTP_KNOWN_HOSTS = Option.path("sftp_known_hosts", "SFTP: known hosts")
            .describedAs("The file of the keys of known servers. By default ~/.ssh/known_hosts.")
            .examples("known_hosts");
    private static final List<Option<?>> ALL = List.of(
            S3_REGION,
            S3_ENDPOINT,
            S3_KEY_ID,
            S3_SECRET,
            S3_TOKEN,
            AZURE_ACCOUNT,
            AZURE_KEY,
            AZURE_SAS,
            AZURE_CONNECTION,
            AZURE_ENDPOINT,
            GCS_CREDENTIALS,
            GCS_FILE,
            GCS_ENDPOINT,
            SFTP_PASSWORD,
            SFTP_KEY,
            SFTP_PASSPHRASE,
            SFTP_HOST_KEY,
            SFTP_KNOWN_HOSTS);
    private static final Set<Option<?>> SECRETS = Set.of(
            S3_SECRET,
            S3_TOKEN,
            AZURE_KEY,
            AZURE_SAS,
            AZURE_CONNECTION,
            GCS_CREDENTIALS,
            SFTP_PASSWORD,
            SFTP_KEY,
            SFTP_PASSPHRASE);

    private StoreOptions() {}

    /** True if an option takes what nobody may see again. */
    public static boolean isSecret(String name) {
        return SECRETS.stream().anyMatch(option -> option.name().equals(name));
    }

    /** Options of a connector, followed by those of all stores. */
    public static Option<?>[] behind(Option<?>... own) {
        List<Option<?>> all = new ArrayList<>(List.of(own));
        all.addAll(ALL);
        return all.toArray(Option<?>[]::new);
    }

    /** What a configuration says of stores. */
    public static StoreLogins read(Settings settings) {
        S3Login s3 = new S3Login(
                settings.find(S3_REGION).orElse(null),
                settings.find(S3_ENDPOINT).orElse(null),
                settings.find(S3_KEY_ID).orElse(null),
                settings.find(S3_SECRET).orElse(null),
                settings.find(S3_TOKEN).orElse(null));
        AzureLogin azure = new AzureLogin(
                settings.find(AZURE_ACCOUNT).orElse(null),
                settings.find(AZURE_KEY).orElse(null),
                settings.find(AZURE_SAS).orElse(null),
                settings.find(AZURE_CONNECTION).orElse(null),
                settings.find(AZURE_ENDPOINT).orElse(null));
        GcsLogin gcs = new GcsLogin(
                settings.find(GCS_CREDENTIALS).orElse(null),
                settings.find(GCS_FILE).orElse(null),
                settings.find(GCS_ENDPOINT).orElse(null));
        SftpLogin sftp = new SftpLogin(
                settings.find(SFTP_PASSWORD).orElse(null),
                settings.find(SFTP_KEY).orElse(null),
                settings.find(SFTP_PASSPHRASE).orElse(null),
                settings.find(SFTP_HOST_KEY).orElse(null),
                settings.find(SFTP_KNOWN_HOSTS).orElse(null));
        return new StoreLogins(s3, azure, gcs, sftp);
    }
}
