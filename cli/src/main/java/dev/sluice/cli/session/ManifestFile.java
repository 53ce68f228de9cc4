package dev.sluice.cli.session;

import dev.sluice.lowcode.activation.DeclarativeConnector;
import dev.sluice.lowcode.source.ManifestConnector;
import dev.sluice.spi.connector.DestinationConnector;
import dev.sluice.spi.connector.SourceConnector;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connector that a manifest defines, in a file or at an address. What came from an address is kept, so that its syncs go on while the
 * address cannot be reached.
 */
final class ManifestFile {
    private static final int MOST_BYTES = 32 << 20;

    private ManifestFile() {}

    /**
     * Reads the manifest and makes the connector.
     *
     * @param place a file, relative to the directory, or an address that begins with https://
     * @param warn hears that an old copy is used
     * @throws ProblemException of kind {@code CONFIG} or {@code UNREACHABLE} if there is none, or it cannot be used
     */
    static SourceConnector connector(String place, Path directory, Consumer<String> warn) {
        String home = System.getenv().getOrDefault("SLUICE_HOME", System.getProperty("user.home") + "/.sluice");
        return connector(place, directory, Path.of(home, "manifests"), warn);
    }

    /**
     * Reads the manifest and makes the connector.
     *
     * @param kept the folder where those from addresses are kept
     */
    static SourceConnector connector(String place, Path directory, Path kept, Consumer<String> warn) {
        boolean web = place.startsWith("http://") || place.startsWith("https://");
        if (web) {
            return new ManifestConnector(name(place), place, fetched(place, kept, warn));
        }
        Path file = directory.resolve(place);
        return new ManifestConnector(name(place), place, read(file), path -> beside(file, path));
    }

    /**
     * Reads the definition of a destination and makes the connector.
     *
     * @param place a file, relative to the directory
     */
    static DestinationConnector destination(String place, Path directory) {
        return new DeclarativeConnector(name("destination", place), place, read(directory.resolve(place)));
    }

    /** A file in the folder of the manifest or below it, such as a schema; nothing from elsewhere, also by a link. */
    static Optional<String> beside(Path manifest, String path) {
        try {
            Path folder = manifest.toAbsolutePath().resolveSibling("").toRealPath();
            Path file = folder.resolve(path).toRealPath();
            return file.startsWith(folder) && Files.isRegularFile(file) ? Optional.of(read(file)) : Optional.empty();
        } catch (IOException | InvalidPathException none) {
            return Optional.empty();
        }
    }

    /** What people call it: the file without its ending, or the folder of a file that is called manifest. */
    private static String name(String place) {
        return name("manifest", place);
    }

    private static String name(String kind, String place) {
        String[] parts = place.replaceFirst("[?#].*$", "").split("/");
        String last = parts[parts.length - 1].replaceFirst("\\.ya?ml$", "");
        return kind + ":" + (last.equals(kind) && parts.length > 1 ? parts[parts.length - 2] : last);
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw problem(file.toString(), "it has more than " + MOST_BYTES + " bytes", null);
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw problem(file.toString(), unreadable.toString(), unreadable);
        }
    }

    /** What is at an address now; what was there before if it cannot be reached. */
    private static String fetched(String address, Path kept, Consumer<String> warn) {
        Path copy = kept.resolve(UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)) + ".yaml");
        try {
            String text = download(address);
            keep(text, copy);
            return text;
        } catch (ProblemException unreachable) {
            if (!Files.isRegularFile(copy)) {
                throw unreachable;
            }
            String text = read(copy);
            warn.accept("the manifest at " + address + " cannot be reached ("
                    + unreachable.problem().why() + "); what is used is of " + time(copy));
            return text;
        }
    }

    private static String time(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().toString();
        } catch (IOException unknown) {
            return "an unknown time";
        }
    }

    private static void keep(String text, Path copy) {
        Path parent = copy.toAbsolutePath().getParent();
        try {
            Files.createDirectories(parent);
            Path fresh = Files.createTempFile(parent, "manifest-", ".part");
            Files.writeString(fresh, text);
            Files.move(fresh, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException notKept) {
            // It is at hand now; only a later run without the network would miss it.
            return;
        }
    }

    private static String download(String address) {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(30))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .timeout(Duration.ofMinutes(2))
                    .build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] bytes = body.readNBytes(MOST_BYTES + 1);
                if (response.statusCode() != 200 || bytes.length > MOST_BYTES) {
                    throw problem(
                            address,
                            response.statusCode() == 200 ? "it is too large" : "HTTP " + response.statusCode(),
                            null);
                }
                return new String(bytes, StandardCharsets.UTF_8);
            }
        } catch (IOException | IllegalArgumentException unreachable) {
            throw problem(address, unreachable.toString(), unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw problem(address, "the download was stopped", interrupted);
        }
    }

    private static ProblemException problem(String place, String why, @Nullable Throwable cause) {
        return Problem.of("E_MANIFEST_MISSING", ProblemKind.CONFIG, "the manifest cannot be read")
                .at(place)
                .because(why)
                .fix("name the manifest.yaml of a low-code connector, as a file beside the project file or as an"
                        + " address")
                .exception(cause);
    }
}
