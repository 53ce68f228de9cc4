package dev.sluice.cli.registry;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a registry is: a file, a folder, or an address. What comes from an address is kept for a day, and longer if it cannot be reached
 * then.
 *
 * @param directory the folder from which files are named
 * @param cache the folder where answers are kept
 * @param clock tells how old they are
 * @param warn hears that an old answer is used
 */
public record RegistryPlace(Path directory, Path cache, Clock clock, Consumer<String> warn) {
    private static final int MOST_BYTES = 256 << 20;
    private static final Duration FRESH = Duration.ofDays(1);

    /** How the index is called in a folder. */
    private static final List<String> NAMES =
            List.of("registries/v0/oss_registry.json", "oss_registry.json", "registry.json");

    /** Reads a registry. */
    public Registry read(String place) {
        if (place.startsWith("https://") || place.startsWith("http://localhost") || place.startsWith("http://127.")) {
            int cut = place.indexOf("/registries/");
            String files = cut > 0 ? place.substring(0, cut) : place.substring(0, place.lastIndexOf('/'));
            return Registry.read(place, files, fetched(place));
        }
        if (place.contains("://")) {
            throw Registry.bad(place, "an address begins with https://", null);
        }
        Path file = directory.resolve(place);
        if (Files.isDirectory(file)) {
            Path folder = file;
            file = NAMES.stream()
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> Registry.bad(place, "the folder holds no " + String.join(", no ", NAMES), null));
            return Registry.read(place, folder.toString(), text(place, file));
        }
        return Registry.read(place, String.valueOf(file.toAbsolutePath().getParent()), text(place, file));
    }

    private static String text(String place, Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw Registry.bad(place, "it has more than " + MOST_BYTES + " bytes", null);
            }
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw Registry.bad(place, unreadable.toString(), unreadable);
        }
    }

    private String fetched(String address) {
        Path kept = cache.resolve(UUID.nameUUIDFromBytes(address.getBytes(StandardCharsets.UTF_8)) + ".json");
        try {
            FileTime time = Files.exists(kept) ? Files.getLastModifiedTime(kept) : null;
            if (time != null && time.toInstant().plus(FRESH).isAfter(clock.instant())) {
                return text(address, kept);
            }
            String why = download(address, kept);
            if (why != null) {
                if (time == null) {
                    throw Registry.bad(address, why, null);
                }
                warn.accept("the registry cannot be reached (" + why + "); what is shown is of " + time.toInstant());
            }
            return text(address, kept);
        } catch (IOException failure) {
            throw Registry.bad(address, failure.toString(), failure);
        }
    }

    /** Why it is not there; null if it is in the file now. */
    private @Nullable String download(String address, Path into) throws IOException {
        Files.createDirectories(cache);
        Path fresh = Files.createTempFile(cache, "registry-", ".part");
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
                    return response.statusCode() == 200 ? "it is too large" : "HTTP " + response.statusCode();
                }
                Files.write(fresh, bytes);
            }
            Files.setLastModifiedTime(fresh, FileTime.from(clock.instant()));
            Files.move(fresh, into, StandardCopyOption.REPLACE_EXISTING);
            return null;
        } catch (IOException | IllegalArgumentException unreachable) {
            return unreachable.toString();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "the download was stopped";
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
