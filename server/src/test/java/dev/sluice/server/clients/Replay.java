package dev.sluice.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.json.JsonText;
import dev.sluice.testkit.host.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client in its order, from a file, with what the client demands of the answers.
 *
 * <p>A step has a {@code request}, a {@code body} or a {@code form}, and {@code as} if it is not sent with the token: {@code
 * basic} or {@code nobody}. Of the answer it says the {@code status} (200 if it says none), what it {@code repeats} of the
 * body, what it {@code shows} at a pointer, which pointers are {@code lists}, which words it {@code says}; {@code until} asks
 * again until something is shown. What it {@code keeps} stands in later steps as {@code ${name}}.
 */
final class Replay {
    private static final Pattern NAME = Pattern.compile("\\$\\{(\\w+)}");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ClientHouse house;
    private final HttpClient client;
    private final Map<String, String> kept = new HashMap<>();

    Replay(ClientHouse house, HttpClient client) {
        this.house = house;
        this.client = client;
    }

    /** Plays all steps of a file beside this class; how many there were. */
    int play(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(Replay.class.getResourceAsStream(name), name)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            List<?> steps =
                    (List<?>) Objects.requireNonNull(JsonText.object(text).get("steps"));
            for (Object step : steps) {
                play(JsonText.members(step));
            }
            return steps.size();
        }
    }

    private void play(Map<String, @Nullable Object> raw) {
        Map<String, @Nullable Object> step = JsonText.object(filled(JsonText.write(raw)));
        if (step.containsKey("until")) {
            Map<String, @Nullable Object> until = JsonText.members(step.get("until"));
            Await.until(String.valueOf(step), PATIENCE, () -> shows(sent(step).body(), until));
        }
        HttpResponse<String> answer = sent(step);
        String told = step + "\n" + answer.body();
        int status = step.get("status") instanceof Number number ? number.intValue() : 200;
        assertThat(answer.statusCode()).as(told).isEqualTo(status);
        if (step.get("says") instanceof String words) {
            assertThat(answer.body()).as(told).contains(words);
        }
        if (answer.body().isEmpty()) {
            return;
        }
        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .as(told)
                .startsWith("application/");
        Object body = JsonText.read(answer.body());
        for (Object name : list(step, "repeats")) {
            assertThat(at(body, "/" + name)).as(told).isEqualTo(at(step.get("body"), "/" + name));
        }
        JsonText.members(step.getOrDefault("shows", Map.of()))
                .forEach((pointer, value) ->
                        assertThat(at(body, pointer)).as(told).isEqualTo(value));
        for (Object pointer : list(step, "lists")) {
            assertThat(at(body, String.valueOf(pointer))).as(told).isInstanceOf(List.class);
        }
        JsonText.members(step.getOrDefault("keeps", Map.of())).forEach((name, pointer) -> {
            Object value = at(body, String.valueOf(pointer));
            assertThat(value).as(told).isNotNull();
            kept.put(name, String.valueOf(value));
        });
    }

    private static List<?> list(Map<String, @Nullable Object> step, String name) {
        return step.get(name) instanceof List<?> list ? list : List.of();
    }

    private static boolean shows(String body, Map<String, @Nullable Object> wish) {
        Object read = JsonText.read(body);
        return wish.entrySet().stream().allMatch(each -> Objects.equals(at(read, each.getKey()), each.getValue()));
    }

    private HttpResponse<String> sent(Map<String, @Nullable Object> step) {
        String[] request = String.valueOf(step.get("request")).split(" ", 2);
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(house.place("host") + request[1]));
        switch (String.valueOf(step.getOrDefault("as", "bearer"))) {
            case "basic" -> builder.header("Authorization", "Basic " + basic());
            case "nobody" -> {}
            default -> builder.header("Authorization", "Bearer " + kept.getOrDefault("token", house.place("token")));
        }
        if (step.get("form") != null) {
            builder.header("Content-Type", "application/x-www-form-urlencoded");
            builder.method(request[0], HttpRequest.BodyPublishers.ofString(form(JsonText.members(step.get("form")))));
        } else if (step.get("body") != null) {
            builder.header("Content-Type", "application/json");
            builder.method(request[0], HttpRequest.BodyPublishers.ofString(JsonText.write(step.get("body"))));
        } else {
            builder.method(request[0], HttpRequest.BodyPublishers.noBody());
        }
        try {
            return client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String basic() {
        String both = house.place("user") + ":" + house.place("password");
        return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String form(Map<String, @Nullable Object> fields) {
        return fields.entrySet().stream()
                .map(each -> each.getKey() + "="
                        + URLEncoder.encode(String.valueOf(each.getValue()), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private String filled(String text) {
        return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found.group(1))));
    }

    private String value(String name) {
        String known = kept.get(name);
        return known == null ? house.place(name) : known;
    }

    private static @Nullable Object at(@Nullable Object from, String pointer) {
        Object at = from;
        for (String part : pointer.substring(1).split("/", -1)) {
            if (at instanceof Map<?, ?> members) {
                at = members.get(part);
            } else if (at instanceof List<?> elements && Integer.parseInt(part) < elements.size()) {
                at = elements.get(Integer.parseInt(part));
            } else {
                return null;
            }
        }
        return at;
    }
}
