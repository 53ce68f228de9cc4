package dev.sluice.connector.file.store.gcs;

import dev.sluice.cdk.json.Json;
import dev.sluice.connector.file.store.GcsLogin;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a file of credentials says.
 *
 * @param kind the kind of credentials, {@code service_account} or {@code authorized_user}
 * @param fields its fields
 */
record GcsCredentials(String kind, Map<String, @Nullable Object> fields) {
    static final String SERVICE_ACCOUNT = "service_account";
    static final String USER = "authorized_user";

    private static final long MAX_BYTES = 1 << 20;

    /** Those of the configuration, else those where Google's own programs look; empty if there are none. */
    static Optional<GcsCredentials> find(GcsLogin login, Function<String, @Nullable String> environment) {
        if (login.credentials() != null) {
            return Optional.of(parse(login.credentials(), "gcs_credentials"));
        }
        if (login.file() != null) {
            return Optional.of(read(login.file(), "gcs_credentials_file"));
        }
        if (login.endpoint() != null) {
            return Optional.empty();
        }
        String named = environment.apply("GOOGLE_APPLICATION_CREDENTIALS");
        if (named != null && !named.isEmpty()) {
            return Optional.of(read(named, "GOOGLE_APPLICATION_CREDENTIALS"));
        }
        Path usual =
                Path.of(System.getProperty("user.home"), ".config", "gcloud", "application_default_credentials.json");
        return Files.isReadable(usual) ? Optional.of(read(usual.toString(), usual.toString())) : Optional.empty();
    }

    private static GcsCredentials read(String file, String where) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) <= MAX_BYTES) {
                return parse(Files.readString(path), where);
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw wrong(where, "the file of credentials cannot be read: " + unreadable.getMessage());
        }
        throw wrong(where, "the file is too large for one of credentials");
    }

    private static GcsCredentials parse(String text, String where) {
        Map<String, @Nullable Object> fields;
        try {
            fields = Json.readObject(text);
        } catch (IllegalArgumentException noJson) {
            // The cause is left out: it may repeat a secret.
            throw wrong(where, "the credentials are no JSON document");
        }
        String kind = String.valueOf(fields.get("type"));
        if (!kind.equals(SERVICE_ACCOUNT) && !kind.equals(USER)) {
            throw wrong(where, "credentials of the type " + kind + " are not supported");
        }
        return new GcsCredentials(kind, fields);
    }

    String text(String field) {
        if (fields.get(field) instanceof String text) {
            return text;
        }
        throw wrong("gcs_credentials", "the credentials lack " + field);
    }

    Optional<String> optional(String field) {
        return fields.get(field) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static ProblemException wrong(String where, String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message)
                .at(where)
                .fix("make a key of a service account and give its file, or log in with"
                        + " `gcloud auth application-default login`")
                .exception();
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "GcsCredentials[" + kind + "]";
    }
}
