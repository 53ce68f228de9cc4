package dev.sluice.cli.session;

import dev.sluice.cli.output.Json;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration that a connector has given itself, such as one with a new refresh token. It lies beside the state, readable by this
 * user only, and takes the place of the one in the project file until somebody changes that one. Thread-safe.
 */
final class KeptConfig {
    private static final String BASE = "base";
    private static final String CONFIG = "config";

    private final Path file;
    private final Config given;
    private final String base;

    /**
     * What is kept of a source or destination.
     *
     * @param file where
     * @param given the configuration that the user gives
     */
    KeptConfig(Path file, Config given) {
        this.file = file;
        this.given = given;
        this.base = digest(Json.line(given.values()));
    }

    /** The folder beside it for what the connector must not forget. */
    Path memory() {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.replaceFirst("\\.config\\.json$", "") + ".memory");
    }

    /** The configuration to use. */
    Config config() {
        if (!Files.exists(file)) {
            return given;
        }
        try {
            if (Json.read(Files.readString(file)) instanceof Map<?, ?> kept
                    && base.equals(kept.get(BASE))
                    && kept.get(CONFIG) instanceof Map<?, ?> config) {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                config.forEach((name, value) -> values.put(String.valueOf(name), value));
                return Config.of(values);
            }
            return given;
        } catch (IOException unreadable) {
            throw unreadable(unreadable.toString()).exception(unreadable);
        } catch (RuntimeException damaged) {
            // Without its words: they may quote a secret.
            throw unreadable("it is damaged").exception();
        }
    }

    private Problem unreadable(String why) {
        return Problem.of("E_CONFIG_KEPT", ProblemKind.RESOURCE, "a configuration that was kept cannot be read")
                .at(file.toString())
                .because(why)
                .fix("remove the file; the connector may have to log in again then");
    }

    /**
     * Keeps another one.
     *
     * @throws ProblemException if that is not possible
     */
    synchronized void keep(Config changed) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put(BASE, base);
        kept.put(CONFIG, changed.values());
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Files.deleteIfExists(fresh);
            // Made with its mode, so that nobody can read it for a moment.
            Files.newByteChannel(
                            fresh,
                            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                    .close();
            Files.writeString(fresh, Json.line(kept), StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw Problem.of("E_CONFIG_KEPT", ProblemKind.RESOURCE, "a configuration could not be kept")
                    .at(file.toString())
                    .because(failure.toString())
                    .exception(failure);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
