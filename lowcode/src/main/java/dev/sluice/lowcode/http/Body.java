package dev.sluice.lowcode.http;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body of a request. */
final class Body {
    /**
     * A body that is text as it is.
     *
     * @param text the text; empty if there is none
     */
    record Plain(Optional<String> text) {}

    private static final Set<Templates.Type> FORM = Set.of(Templates.Type.TEXT, Templates.Type.LIST);
    private static final Set<Templates.Type> NAME = Set.of(Templates.Type.TEXT);

    private Body() {}

    /** Evaluates the body of a requester: members go into the options, plain text comes back. */
    static Plain of(Component requester, Templates templates, Scope scope, Options options) {
        Object json = requester.raw("request_body_json");
        Object data = requester.raw("request_body_data");
        Optional<Component> body = requester.optional("request_body");
        if (body.isPresent()) {
            Object value = body.get().raw("value");
            switch (body.get().type()) {
                case "RequestBodyJsonObject", "RequestBodyGraphQL" -> json = value;
                case "RequestBodyUrlEncodedForm", "RequestBodyPlainText" -> data = value;
                default -> throw body.get().unsupported();
            }
        }
        if (!(json instanceof None)) {
            Object members = templates.tree(json, scope);
            Options.merge(
                    options.json(),
                    Values.mapOrEmpty(members instanceof String text ? templates.value(text, scope) : members));
        }
        if (data instanceof Map<?, ?> form) {
            Values.asMap(form).forEach((name, value) -> {
                Object field = templates.orNone(Values.str(value), FORM, scope);
                if (!(field instanceof None)) {
                    options.data().put(templates.typed(Values.str(name), NAME, scope), field);
                }
            });
            return new Plain(Optional.empty());
        }
        return new Plain(
                data instanceof None ? Optional.empty() : Optional.of(templates.text(Values.str(data), scope)));
    }

    /** The bytes; the header that says what they are is added. */
    static byte @Nullable [] bytes(Plain plain, Options options, Map<String, String> headers) {
        if (plain.text().isPresent() && options.data().isEmpty()) {
            return plain.text().get().getBytes(StandardCharsets.UTF_8);
        }
        if (!options.data().isEmpty()) {
            addType(headers, "application/x-www-form-urlencoded");
            Map<String, Object> fields = new LinkedHashMap<>();
            options.data().forEach((name, value) -> fields.put(Values.str(name), value));
            return Urls.query(fields).getBytes(StandardCharsets.UTF_8);
        }
        if (!options.json().isEmpty()) {
            addType(headers, "application/json");
            return Requester.json(options.json());
        }
        return null;
    }

    private static void addType(Map<String, String> headers, String type) {
        if (headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            headers.put("Content-Type", type);
        }
    }
}
