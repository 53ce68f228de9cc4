package dev.sluice.lowcode.source;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.source.FakeService.Asked;
import dev.sluice.lowcode.source.FakeService.Reply;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.time.TimeFormat;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Moment;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a service of a manifest might answer, made from the manifest itself: records that fit the schemas, where its
 * extractors look for them, with the cursors and keys that its streams and their children need.
 */
final class MadeService {
    /** When all records were changed. */
    static final Instant CHANGED = Instant.parse("2024-03-05T00:00:00Z");

    private static final Pattern MARK = Pattern.compile("\\{\\{.*?\\}\\}|\\{%.*?%\\}");
    private static final Pattern ASKED = Pattern.compile(
            "response((?:\\.get\\(['\"]\\w+['\"](?:, *\\{\\})?\\)|\\.\\w+|\\[['\"][\\w@.-]+['\"]\\])+)");
    private static final Pattern NAME = Pattern.compile("\\w[\\w@.-]*");

    /** A stream or a parent, and which requests are for it. */
    private record Place(Component stream, Pattern path, int literal) {}

    private final List<Place> places = new ArrayList<>();
    private final Component stream;
    private final Map<String, Map<String, String>> fields = new HashMap<>();
    private int sent;

    MadeService(Component stream) {
        this.stream = stream;
        add(stream);
    }

    /** How many records of the stream itself were sent. */
    int sent() {
        return sent;
    }

    private void add(Component each) {
        if (each.type().equals("StateDelegatingStream")) {
            add(each.required("full_refresh_stream"));
            return;
        }
        Component retriever = each.required("retriever");
        if (retriever.has("requester")) {
            Component requester = retriever.required("requester");
            // A base that stands in quotes is a text to the templates all the same.
            String base = requester.text("url_base", "").replaceFirst("^\"(.*)\"$", "$1");
            String text = base + "/" + requester.text("path", "") + requester.text("url", "");
            String path = text.replaceFirst("^\\{\\{[^}]*\\}\\}", "")
                    .replaceFirst("^https?://[^/]*", "")
                    .replaceFirst("[?].*$", "");
            StringBuilder regex = new StringBuilder();
            int at = 0;
            Matcher marks = MARK.matcher(path);
            int literal = 0;
            while (marks.find()) {
                regex.append(quoted(path.substring(at, marks.start()))).append(".*");
                literal += marks.start() - at;
                at = marks.end();
            }
            literal += path.length() - at;
            regex.append(quoted(path.substring(at)));
            places.add(new Place(each, Pattern.compile(".*?" + regex + "/*"), literal));
        }
        if (retriever.has("partition_router")) {
            retriever.all("partition_router").forEach(this::router);
        }
    }

    private void router(Component router) {
        if (router.has("parent_stream_configs")) {
            router.all("parent_stream_configs").forEach(config -> add(config.required("stream")));
        } else if (router.has("underlying_partition_router")) {
            router(router.required("underlying_partition_router"));
        }
    }

    private static String quoted(String literal) {
        String tidy = literal.replaceAll("/+", "/");
        return tidy.isEmpty() ? "" : Pattern.quote(tidy);
    }

    synchronized Reply answer(Asked request) {
        Place best = null;
        for (Place place : places) {
            boolean fits = place.path().matcher(request.path()).matches();
            if (fits && (best == null || place.literal() > best.literal())) {
                best = place;
            }
        }
        if (best == null) {
            return Reply.json(
                    "{\"code\": 0, \"access_token\": \"t\", \"token\": \"t\", \"accessToken\": \"t\", \"expires_in\":"
                            + " 3600, \"data\": {\"token\": \"t\"}}");
        }
        // The first request says which fields each has; more of them ask for a further page, and there is none.
        Map<String, String> before = fields.putIfAbsent(request.method() + request.path(), request.query());
        boolean further =
                before != null && (request.query().size() > before.size() || turned(best.stream(), before, request));
        return Reply.json(JsonValues.write(body(best.stream(), further)));
    }

    /** True if the field that the paginator counts pages in has another value than at first. */
    private static boolean turned(Component each, Map<String, String> before, Asked request) {
        return each.required("retriever")
                .optional("paginator")
                .flatMap(paginator -> paginator.optional("page_token_option"))
                .flatMap(option -> option.optionalText("field_name"))
                .filter(name -> !String.valueOf(before.get(name))
                        .equals(String.valueOf(request.query().get(name))))
                .isPresent();
    }

    private Object body(Component each, boolean empty) {
        Map<Object, Object> record = record(each);
        Component extractor =
                each.required("retriever").required("record_selector").required("extractor");
        Templates templates = new Templates(Clock.systemUTC());
        List<String> path = extractor.texts("field_path").stream()
                .map(part -> templates.text(part, Scope.of(Map.of(), extractor.parameters())))
                .filter(part -> !part.isEmpty())
                .toList();
        if (each.where().equals(stream.where()) && !empty) {
            sent++;
        }
        if (path.isEmpty()) {
            return empty ? new ArrayList<>() : new ArrayList<>(List.of(record));
        }
        Map<Object, Object> body = new LinkedHashMap<>();
        // What some services say with each answer that is none about an error.
        body.put("code", 0L);
        place(body, path, record, empty);
        each.required("retriever").optional("paginator").ifPresent(paginator -> asked(paginator, body));
        return body;
    }

    private static void place(Map<Object, Object> body, List<String> path, Map<Object, Object> record, boolean empty) {
        List<String> named = new ArrayList<>();
        path.forEach(part -> named.add(part.contains("*") ? "0" : part));
        boolean pattern = path.stream().anyMatch(part -> part.contains("*"));
        if (empty) {
            Dpath.put(body, pattern ? named.subList(0, named.size() - 1) : named, new ArrayList<>());
        } else {
            Dpath.put(body, named, pattern ? record : new ArrayList<>(List.of(record)));
        }
    }

    /** What the templates of a paginator look at: there, and nothing in it. */
    private static void asked(Component paginator, Map<Object, Object> body) {
        Component strategy = paginator.optional("pagination_strategy").orElse(paginator);
        Matcher chains = ASKED.matcher(strategy.text("cursor_value", "") + " " + strategy.text("stop_condition", ""));
        List<List<String>> all = new ArrayList<>();
        while (chains.find()) {
            List<String> names = new ArrayList<>();
            Matcher parts = NAME.matcher(chains.group(1).replace(".get(", "['").replace(".", "' '"));
            while (parts.find()) {
                names.add(parts.group());
            }
            all.add(names);
        }
        all.sort(Comparator.comparingInt((List<String> names) -> names.size()).reversed());
        for (List<String> names : all) {
            Object first = names.isEmpty() ? "" : Dpath.get(body, names.subList(0, 1), None.NONE);
            if (first instanceof None || first instanceof Map<?, ?>) {
                Dpath.put(body, names, Dpath.get(body, names, None.NONE));
            }
        }
    }

    /** A record that fits a stream. */
    Map<Object, Object> record(Component each) {
        Object schema = new LinkedHashMap<>(Map.of("type", "object"));
        if (each.has("schema_loader") && each.all("schema_loader").getFirst().has("schema")) {
            schema = each.all("schema_loader").getFirst().raw("schema");
        }
        Map<Object, Object> record =
                Samples.of(schema, "", 0) instanceof Map<?, ?> map ? Values.asMap(map) : new LinkedHashMap<>();
        each.optional("incremental_sync")
                .filter(cursor -> cursor.type().equals("DatetimeBasedCursor"))
                .ifPresent(cursor -> {
                    List<String> formats = cursor.texts("cursor_datetime_formats");
                    String format = formats.isEmpty() ? cursor.text("datetime_format") : formats.getFirst();
                    record.put(cursor.text("cursor_field"), TimeFormat.print(Moment.utc(CHANGED), format));
                });
        keys(stream, each.text("name", ""), record);
        record.putIfAbsent("id", 1L);
        return record;
    }

    /** The keys that the children of a parent need of it. */
    private void keys(Component child, String parent, Map<Object, Object> record) {
        if (!child.has("retriever") || !child.required("retriever").has("partition_router")) {
            return;
        }
        for (Component router : child.required("retriever").all("partition_router")) {
            Component own = router.optional("underlying_partition_router").orElse(router);
            for (Component config :
                    own.has("parent_stream_configs") ? own.all("parent_stream_configs") : List.<Component>of()) {
                List<String> path = List.of(config.text("parent_key").split("/"));
                boolean missing = Dpath.get(record, path, None.NONE) instanceof None;
                if (config.required("stream").text("name", "").equals(parent)
                        && missing
                        && !path.getFirst().contains("{{")) {
                    Dpath.put(record, path, "7");
                }
                keys(config.required("stream"), parent, record);
            }
        }
    }
}
