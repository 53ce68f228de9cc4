package dev.sluice.connector.file.places;

import dev.sluice.cdk.config.Option;
import dev.sluice.cdk.config.Settings;
import dev.sluice.connector.file.store.S3Login;
import java.util.ArrayList;
import java.util.List;

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

    private StoreOptions() {}

    /** Options of a connector, followed by those of all stores. */
    public static Option<?>[] behind(Option<?>... own) {
        List<Option<?>> all = new ArrayList<>(List.of(own));
        all.addAll(List.of(S3_REGION, S3_ENDPOINT, S3_KEY_ID, S3_SECRET, S3_TOKEN));
        return all.toArray(Option<?>[]::new);
    }

    /** What a configuration says of stores. */
    public static StoreLogins read(Settings settings) {
        return new StoreLogins(new S3Login(
                settings.find(S3_REGION).orElse(null),
                settings.find(S3_ENDPOINT).orElse(null),
                settings.find(S3_KEY_ID).orElse(null),
                settings.find(S3_SECRET).orElse(null),
                settings.find(S3_TOKEN).orElse(null)));
    }
}
