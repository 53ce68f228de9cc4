package dev.sluice.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page of people, as the module {@code web} has built it: its files, and for each other address that is no call the page
 * itself, which finds out by the address what to show. A server that was built without it says so.
 */
final class Page {
    private static final String FOLDER = "dev/sluice/web/";
    /** What the page has in the place where the server writes the nonce of a request. */
    private static final String NONCE = "__STYLE_NONCE__";

    private static final Pattern FILE = Pattern.compile("/(assets/)?[\\w-]+(\\.[\\w-]+)+");
    private static final Pattern CALL = Pattern.compile("/(api|v1|applications|metrics|openapi\\.json)(/.*)?");
    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "json", "application/json");
    private static final List<Coding> CODINGS = List.of(new Coding("br", ".br"), new Coding("gzip", ".gz"));
    private static final int NONCE_BYTES = 16;

    private final ClassLoader loader;
    private final @Nullable String index;
    private final SecureRandom random = new SecureRandom();

    /** How a file may be compressed: its name over HTTP, and what the name of the file ends with then. */
    private record Coding(String name, String ending) {}

    /** The page that lies in the jars of a class loader. */
    Page(ClassLoader loader) {
        this.loader = loader;
        byte[] bytes = bytes("index.html");
        this.index = bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** What is answered to a browser that comes for the page or a part of it; empty if the request is a call. */
    Optional<Answer> answer(Message message) {
        String path = message.path();
        if (!message.method().equals("GET") || CALL.matcher(path).matches()) {
            return Optional.empty();
        }
        if (FILE.matcher(path).matches()) {
            return file(path.substring(1), message);
        }
        if (index != null) {
            return Optional.of(page(index));
        }
        return path.equals("/") ? Optional.of(missing()) : Optional.empty();
    }

    private static Answer missing() {
        return Answer.plain(
                "This server was built without its page. With Node in the PATH, a build without -Dweb.skip has it. "
                        + "What programs may ask stands in /openapi.json.\n");
    }

    private Answer page(String text) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String policy = "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce
                + "'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action"
                + " 'none'";
        return Answer.page(text.replace(NONCE, nonce))
                .with(Map.of("Content-Security-Policy", policy, "Cache-Control", "no-store"));
    }

    private Optional<Answer> file(String name, Message message) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null || bytes(name) == null) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        // The names of what lies in assets/ change with the content.
        boolean isForever = name.startsWith("assets/");
        headers.put("Cache-Control", isForever ? "public, max-age=31536000, immutable" : "no-cache");
        headers.put("Vary", "Accept-Encoding");
        List<String> accepted = accepted(message);
        for (Coding coding : CODINGS) {
            byte[] coded = accepted.contains(coding.name()) ? bytes(name + coding.ending()) : null;
            if (coded != null) {
                headers.put("Content-Encoding", coding.name());
                return Optional.of(Answer.bytes(type, new Bytes(coded)).with(headers));
            }
        }
        byte[] plain = bytes(name);
        return plain == null
                ? Optional.empty()
                : Optional.of(Answer.bytes(type, new Bytes(plain)).with(headers));
    }

    private static List<String> accepted(Message message) {
        String header = message.header("accept-encoding");
        List<String> accepted = new ArrayList<>();
        for (String part : header == null ? List.<String>of() : Arrays.asList(header.split(",", -1))) {
            String[] words = part.split(";", -1);
            boolean isRefused = words.length > 1 && words[1].replace(" ", "").matches("q=0(\\.0*)?");
            if (!isRefused) {
                accepted.add(words[0].strip().toLowerCase(Locale.ROOT));
            }
        }
        return accepted;
    }

    private byte @Nullable [] bytes(String name) {
        try (InputStream in = loader.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
