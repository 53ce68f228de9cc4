package dev.sluice.server.notify;

import dev.sluice.server.json.JsonText;
import dev.sluice.server.store.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message says.
 *
 * @param subject in a few words
 * @param text in some sentences
 * @param data for programs; empty where there is nothing for them
 */
record Content(String subject, String text, Map<String, @Nullable Object> data) {
    private static final int LONGEST_BLOCK = 2_900; // Slack takes 3000 characters

    Json kept() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("subject", subject);
        members.put("text", text);
        members.put("data", data);
        return new Json(JsonText.write(members));
    }

    static Content read(Json kept) {
        Map<String, @Nullable Object> members = JsonText.object(kept.text());
        return new Content(
                String.valueOf(members.get("subject")),
                String.valueOf(members.get("text")),
                JsonText.members(members.get("data")));
    }

    /**
     * The body of a request.
     *
     * @param host where it goes; Google's chat refuses what it does not know
     */
    String body(String host) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", text);
        if (host.endsWith("chat.googleapis.com")) {
            return JsonText.write(body);
        }
        String shown = text.length() <= LONGEST_BLOCK ? text : text.substring(0, LONGEST_BLOCK) + " ...";
        String escaped = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        body.put(
                "blocks",
                List.of(
                        Map.of("type", "header", "text", Map.of("type", "plain_text", "text", cut(subject))),
                        Map.of("type", "section", "text", Map.of("type", "mrkdwn", "text", escaped))));
        if (!data.isEmpty()) {
            body.put("data", data);
        }
        return JsonText.write(body);
    }

    private static String cut(String text) {
        return text.length() <= 150 ? text : text.substring(0, 146) + " ...";
    }
}
