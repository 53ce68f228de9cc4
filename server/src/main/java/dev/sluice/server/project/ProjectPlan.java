package dev.sluice.server.project;

import dev.sluice.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What applying a project changes, in the order in which it is done.
 *
 * @param changes the changes; none if the workspace is as the project says
 */
public record ProjectPlan(List<Change> changes) {
    public ProjectPlan {
        changes = List.copyOf(changes);
    }

    /** Tells plans apart: whoever has seen one can ask for that and no other. */
    public String fingerprint() {
        String text = JsonText.write(changes.stream().map(Change::members).toList());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** As programs read it. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("changes", changes.stream().map(Change::members).toList());
        members.put("fingerprint", fingerprint());
        return members;
    }
}
