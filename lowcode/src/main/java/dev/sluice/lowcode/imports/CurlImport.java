package dev.sluice.lowcode.imports;

import static dev.sluice.lowcode.imports.Draft.map;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A manifest with one stream out of a command of cURL, as documentation of services and browsers have it. */
public final class CurlImport {
    private static final int MOST_CHARACTERS = 256 << 10;

    private static final Set<String> WITH_VALUE = Set.of(
            "-o",
            "--output",
            "-m",
            "--max-time",
            "--connect-timeout",
            "-x",
            "--proxy",
            "-c",
            "--cookie-jar",
            "--retry",
            "--cacert",
            "-E",
            "--cert",
            "--key",
            "-w",
            "--write-out",
            "-T",
            "--upload-file",
            "--resolve",
            "--limit-rate",
            "--retry-delay",
            "-F",
            "--form",
            "--ciphers",
            "--interface",
            "-K",
            "--config",
            "-D",
            "--dump-header");

    /** What the client sends by itself, or what belongs to a browser only. */
    private static final Set<String> OWN_HEADERS = Set.of(
            "host",
            "content-length",
            "connection",
            "accept-encoding",
            "user-agent",
            "origin",
            "referer",
            "dnt",
            "te",
            "cache-control",
            "pragma",
            "upgrade-insecure-requests",
            "priority",
            "accept-language");

    private final Draft draft = new Draft();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> data = new ArrayList<>();
    private String method = "";
    private String url = "";
    private @Nullable String login;
    private boolean dataInAddress;
    private boolean json;
    private @Nullable Map<String, Object> authenticator;

    private CurlImport() {}

    /**
     * Makes a manifest of a command.
     *
     * @throws ProblemException of kind {@code CONFIG} if it is no command of cURL with an address
     */
    public static Imported of(String command) {
        if (command.length() > MOST_CHARACTERS) {
            throw unusable("it has more than " + MOST_CHARACTERS + " characters");
        }
        try {
            CurlImport curl = new CurlImport();
            curl.read(ShellWords.of(command));
            return curl.imported();
        } catch (IllegalArgumentException malformed) {
            throw unusable(String.valueOf(malformed.getMessage()));
        }
    }

    private static ProblemException unusable(String why) {
        return Problem.of(
                        "E_IMPORT_CURL", ProblemKind.CONFIG, "this is no command of cURL that a stream can be made of")
                .because(why)
                .fix("paste one such as: curl https://api.example.com/v1/items -H 'Authorization: Bearer TOKEN'")
                .exception();
    }

    private void read(List<String> words) {
        int first = 0;
        while (first < words.size()
                && !words.get(first).replaceAll(".*[/\\\\]", "").matches("curl(\\.exe)?")) {
            first++;
        }
        if (first == words.size()) {
            throw new IllegalArgumentException("there is no `curl` in it");
        }
        for (int i = first + 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("|") || word.equals("&&") || word.equals(";") || word.equals(">")) {
                break;
            }
            i += word.startsWith("-") && word.length() > 1
                    ? option(word, i + 1 < words.size() ? words.get(i + 1) : "")
                    : address(word);
        }
    }

    private int address(String word) {
        if (url.isEmpty()) {
            url = word;
        } else {
            draft.note("Only the first address of the command was taken.");
        }
        return 0;
    }

    /** Takes an option; how many further words it had. */
    private int option(String word, String next) {
        String name = word;
        String value = next;
        int used = 1;
        int equals = word.indexOf('=');
        if (word.startsWith("--") && equals > 0) {
            name = word.substring(0, equals);
            value = word.substring(equals + 1);
            used = 0;
        } else if (!word.startsWith("--") && word.length() > 2 && "XHduAbe".indexOf(word.charAt(1)) >= 0) {
            name = word.substring(0, 2);
            value = word.substring(2);
            used = 0;
        }
        switch (name) {
            case "-X", "--request" -> method = value.toUpperCase(Locale.ROOT);
            case "-H", "--header" -> header(value);
            case "-d", "--data", "--data-ascii", "--data-raw", "--data-binary" -> data(value);
            case "--data-urlencode" -> data(value.startsWith("=") ? value.substring(1) : value);
            case "--json" -> {
                json = true;
                data(value);
            }
            case "-u", "--user" -> login = value;
            case "-A", "--user-agent", "-e", "--referer" -> draft.note("The name of the client was left out.");
            case "-b", "--cookie" -> headers.put("Cookie", value);
            case "--url" -> address(value);
            case "--oauth2-bearer" -> headers.put("Authorization", "Bearer " + value);
            case "-G", "--get" -> {
                dataInAddress = true;
                return 0;
            }
            case "-k", "--insecure" -> {
                draft.note("The command does not check certificates; a source always does.");
                return 0;
            }
            default -> {
                if (WITH_VALUE.contains(name)) {
                    draft.note("The option " + name + " of the command was left out.");
                    return used;
                }
                return 0;
            }
        }
        return used;
    }

    private void data(String value) {
        if (value.startsWith("@")) {
            throw new IllegalArgumentException("its body lies in a file, " + value + ": write it into the command");
        }
        data.add(value);
    }

    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            headers.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
    }

    private Imported imported() {
        if (url.isEmpty()) {
            throw new IllegalArgumentException("it has no address");
        }
        URI address = URI.create(encoded(url.contains("://") ? url : "https://" + url));
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (address.getHost() == null || !Set.of("http", "https").contains(scheme)) {
            throw new IllegalArgumentException("its address is none of http or https");
        }
        if (address.getUserInfo() != null && login == null) {
            login = address.getUserInfo();
        }
        Map<String, String> parameters = fields(address.getRawQuery() == null ? "" : address.getRawQuery());
        if (dataInAddress) {
            data.forEach(each -> parameters.putAll(fields(each)));
            data.clear();
        }
        Map<String, Object> requester = requester(address, parameters);
        Integer size = parameters.entrySet().stream()
                .filter(each ->
                        Pagination.isSize(each.getKey()) && each.getValue().matches("\\d{1,6}"))
                .map(each -> Integer.valueOf(each.getValue()))
                .findFirst()
                .orElse(null);
        Pagination pages = Pagination.guess(parameters.keySet(), Map.of(), size).orElse(null);
        if (pages == null) {
            draft.note("The command does not show how further pages are asked for: set the pagination.");
        } else {
            pages.parameters().forEach(parameters::remove);
            draft.note("Pages are guessed to go by " + pages.words() + ".");
        }
        addParameters(requester, parameters);
        if (authenticator != null) {
            requester.put("authenticator", authenticator);
        } else {
            draft.note("The command shows no credentials.");
        }
        draft.note("Where the records are in an answer is not known yet: run a test and set the path of the records.");
        String name = streamName(address.getPath());
        Map<String, Object> schema = map("type", "object", "properties", Map.of(), "additionalProperties", true);
        Map<String, Object> retriever = Draft.retriever(requester, List.of(), pages == null ? null : pages.paginator());
        draft.stream(name, Draft.stream(name, List.of(), retriever, schema));
        return draft.imported();
    }

    /** What people leave in addresses although it does not belong there. */
    private static String encoded(String text) {
        return text.replaceAll("%(?![0-9A-Fa-f]{2})", "%25")
                .replace(" ", "%20")
                .replace("[", "%5B")
                .replace("]", "%5D")
                .replace("{", "%7B")
                .replace("}", "%7D")
                .replace("|", "%7C")
                .replace("\"", "%22")
                .replace("\\", "");
    }

    private static String streamName(@Nullable String path) {
        String last = "records";
        for (String part : path == null ? new String[0] : path.split("/", -1)) {
            String plain = part.replaceAll("\\.[a-z]{2,4}$", "");
            if (plain.matches(".*[A-Za-z]{2}.*") && !plain.matches("v\\d+.*")) {
                last = Draft.name(plain, last);
            }
        }
        return last;
    }

    private Map<String, Object> requester(URI address, Map<String, String> parameters) {
        String path = address.getPath() == null ? "" : address.getPath();
        String host = address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort());
        String verb = method.isEmpty() ? data.isEmpty() ? "GET" : "POST" : method;
        if (!Set.of("GET", "POST").contains(verb)) {
            throw new IllegalArgumentException("it sends " + verb + ", and streams are read with GET or POST");
        }
        Map<String, Object> requester = map("type", "HttpRequester", "url_base", host, "path", Draft.literal(path));
        requester.put("http_method", verb);
        credentials(parameters);
        addHeaders(requester);
        if (!data.isEmpty()) {
            addBody(requester);
        }
        return requester;
    }

    /** The first secret is what authenticates; others become options beside it. */
    private void credentials(Map<String, String> parameters) {
        String authorization = removed("authorization");
        if (login != null) {
            authenticator = Secrets.basic(draft, login);
        } else if (authorization != null) {
            authenticator = Secrets.ofAuthorization(draft, authorization);
        }
        for (String name : List.copyOf(headers.keySet())) {
            if (authenticator == null && Secrets.isSecret(name)) {
                authenticator = Secrets.header(name, draft.input("api_key", "API key", true, headers.remove(name)));
            }
        }
        for (String name : List.copyOf(parameters.keySet())) {
            if (authenticator == null && Secrets.isSecret(name)) {
                authenticator =
                        Secrets.parameter(name, draft.input("api_key", "API key", true, parameters.remove(name)));
            }
        }
    }

    private @Nullable String removed(String header) {
        for (String name : List.copyOf(headers.keySet())) {
            if (name.equalsIgnoreCase(header)) {
                return headers.remove(name);
            }
        }
        return null;
    }

    private void addHeaders(Map<String, Object> requester) {
        Map<String, Object> kept = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            boolean own = OWN_HEADERS.contains(lower)
                    || lower.startsWith("sec-")
                    || (lower.equals("content-type") && !data.isEmpty());
            if (!own) {
                kept.put(name, value(name, value, lower.equals("cookie")));
            }
        });
        if (!kept.isEmpty()) {
            requester.put("request_headers", kept);
        }
    }

    private void addParameters(Map<String, Object> requester, Map<String, String> parameters) {
        Map<String, Object> kept = new LinkedHashMap<>();
        parameters.forEach((name, value) -> kept.put(name, value(name, value, false)));
        if (!kept.isEmpty()) {
            requester.put("request_parameters", kept);
        }
    }

    private String value(String name, String value, boolean secret) {
        return secret || Secrets.isSecret(name)
                ? draft.input(Draft.name(name, "secret"), name, true, value)
                : Draft.literal(value);
    }

    private void addBody(Map<String, Object> requester) {
        String type = headers.entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase("content-type"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        String text = String.join("&", data);
        if (json || type.contains("json") || text.strip().startsWith("{")) {
            if (Yaml.read(text) instanceof Map<?, ?> body) {
                requester.put("request_body_json", secretsOut(body));
                return;
            }
        } else if (text.contains("=") && (type.isEmpty() || type.contains("form"))) {
            Map<String, Object> form = new LinkedHashMap<>();
            fields(text).forEach((name, value) -> form.put(name, value(name, value, false)));
            requester.put("request_body_data", form);
            return;
        }
        draft.note("The body was taken as it is: look for secrets in it.");
        requester.put("request_body_data", Draft.literal(text));
        if (!type.isEmpty()) {
            requester.put("request_headers", map("Content-Type", type));
        }
    }

    private Object secretsOut(Map<?, ?> body) {
        Map<String, Object> safe = new LinkedHashMap<>();
        body.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (value instanceof Map<?, ?> inner) {
                safe.put(name, secretsOut(inner));
            } else if (value instanceof String text) {
                safe.put(name, value(name, text, false));
            } else if (value != null) {
                safe.put(name, value);
            }
        });
        return safe;
    }

    private static Map<String, String> fields(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                fields.put(
                        decoded(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }
}
