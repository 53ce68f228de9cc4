package dev.sluice.lowcode.auth;

import dev.sluice.lowcode.http.Authenticator;
import dev.sluice.lowcode.http.Options;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.template.Callable;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.Values;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A token that is signed here with a key of the configuration (RFC 7519); a new one for each request. */
final class JwtAuthenticator implements Authenticator {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Component component;
    private final Surroundings surroundings;

    JwtAuthenticator(Component component, Surroundings surroundings) {
        this.component = component;
        this.surroundings = surroundings;
    }

    @Override
    public void apply(Options options) {
        Scope scope = scope();
        String prefix = component
                .optionalText("header_prefix")
                .map(template -> surroundings.templates().exact(template, scope) + " ")
                .orElse("");
        String value = prefix + token();
        Optional<Component> option = component.optional("request_option");
        if (option.isPresent()) {
            options.inject(option.get(), value, surroundings.templates(), scope);
            return;
        }
        Options own = new Options();
        own.headers().put("Authorization", value);
        options.addAll(own);
    }

    private Scope scope() {
        Callable loads = arguments -> JsonValues.read(Values.str(arguments.required(0, "s")));
        return surroundings.scope(component.parameters()).with("json_loads", loads);
    }

    /** A token that is valid from now on. */
    String token() {
        String algorithm = component.text("algorithm");
        Map<Object, Object> headers = new LinkedHashMap<>();
        Optional<Component> fields = component.optional("jwt_headers");
        headers.put("alg", algorithm);
        if (fields.isEmpty()) {
            headers.put("typ", "JWT");
        }
        fields.ifPresent(given -> take(given, headers, "kid", "typ", "cty"));
        more("additional_jwt_headers", headers);
        long now = surroundings.clock().instant().getEpochSecond();
        Map<Object, Object> payload = new LinkedHashMap<>();
        component.optional("jwt_payload").ifPresent(given -> take(given, payload, "iss", "sub", "aud"));
        more("additional_jwt_payload", payload);
        payload.put("iat", now);
        payload.put("nbf", now);
        payload.put("exp", now + component.whole("token_duration").orElse(1200));
        String content = encoded(JsonValues.write(headers)) + "." + encoded(JsonValues.write(payload));
        try {
            return content + "."
                    + ENCODER.encodeToString(signature(algorithm, content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            throw component.wrong(
                    "secret_key",
                    "cannot sign with " + algorithm + ": " + unusable.getClass().getSimpleName());
        }
    }

    private void take(Component from, Map<Object, Object> into, String... names) {
        for (String name : names) {
            from.optionalText(name)
                    .map(template -> surroundings.templates().exact(template, scope()))
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> into.put(name, text));
        }
    }

    private void more(String field, Map<Object, Object> into) {
        into.putAll(Values.mapOrEmpty(surroundings.templates().tree(component.raw(field), scope())));
    }

    private static String encoded(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] signature(String algorithm, byte[] content) throws GeneralSecurityException {
        String secret = surroundings.templates().exact(component.text("secret_key"), scope());
        String bits = algorithm.replaceAll("\\D", "");
        if (algorithm.startsWith("HS")) {
            byte[] key = secret.getBytes(StandardCharsets.UTF_8);
            if (component.truth("base64_encode_secret_key", false)) {
                key = Base64.getEncoder().encode(key);
            }
            Mac mac = Mac.getInstance("HmacSHA" + bits);
            mac.init(new SecretKeySpec(key, "HmacSHA" + bits));
            return mac.doFinal(content);
        }
        String family = switch (algorithm.substring(0, 2)) {
            case "RS", "PS" -> "RSA";
            case "ES" -> "EC";
            default -> "Ed25519";
        };
        Signature signature = Signature.getInstance(
                switch (algorithm.substring(0, 2)) {
                    case "RS" -> "SHA" + bits + "withRSA";
                    case "PS" -> "RSASSA-PSS";
                    case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
                    default -> "Ed25519";
                });
        if (algorithm.startsWith("PS")) {
            String digest = "SHA-" + bits;
            signature.setParameter(
                    new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(digest), Integer.parseInt(bits) / 8, 1));
        }
        signature.initSign(key(secret, family));
        signature.update(content);
        return signature.sign();
    }

    private static PrivateKey key(String pem, String family) throws GeneralSecurityException {
        String body = pem.replace("\\n", "\n").replaceAll("-----[^-]*-----", "").replaceAll("\\s", "");
        byte[] der = Base64.getDecoder().decode(body);
        boolean pkcs1 = pem.contains("BEGIN RSA PRIVATE KEY");
        return KeyFactory.getInstance(family)
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs1 ? Pkcs1.wrapped(der) : der));
    }
}
