package dev.sluice.lowcode.activation;

import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.template.Templates;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is sent with a secret that the receiver has too, so that it knows whom it comes from. */
final class Signature {
    private static final String BODY = "\u0000body\u0000";

    private Signature() {}

    /** Adds the header; nothing without a secret. */
    static void add(Component definition, String body, Map<String, String> headers, Templates templates, Scope scope) {
        String secret = templates.exact(definition.text("secret"), scope);
        if (secret.isEmpty()) {
            return;
        }
        // Put in afterwards: bodies are larger than what templates may make.
        String content = templates
                .exact(definition.text("content", BODY), scope.with("body", BODY))
                .replace(BODY, body);
        byte[] signed = signed(definition, secret, content);
        String shown = definition.text("encoding", "hex").equals("base64")
                ? Base64.getEncoder().encodeToString(signed)
                : HexFormat.of().formatHex(signed);
        headers.put(
                definition.text("header"),
                templates.exact(definition.text("value", "{{ signature }}"), scope.with("signature", shown)));
    }

    private static byte[] signed(Component definition, String secret, String content) {
        String algorithm = switch (definition.text("algorithm", "sha256")) {
            case "sha256" -> "HmacSHA256";
            case "sha512" -> "HmacSHA512";
            case "sha1" -> "HmacSHA1";
            default -> throw definition.wrong("algorithm", "has to be sha256, sha512 or sha1");
        };
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
