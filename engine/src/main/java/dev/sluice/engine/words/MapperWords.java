package dev.sluice.engine.words;

import dev.sluice.engine.expr.Syntax;
import dev.sluice.engine.map.Encryption;
import dev.sluice.engine.map.HashMethod;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.map.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Mappers in words: {@code {type, mapperConfiguration}}. The types {@code hashing}, {@code field-renaming}, {@code
 * field-filtering}, {@code row-filtering} and {@code encryption} are those of Airbyte's public API, with a {@code key} for
 * hashes and {@code EXPRESSION} as a condition added; {@code field-computing} and {@code field-selection} are ours.
 */
final class MapperWords {
    private static final String SUFFIX = "fieldNameSuffix";
    private static final String FIELD = "targetField";
    private static final String CONDITIONS = "conditions";

    private MapperWords() {}

    static MapperSpec spec(Members mapper) {
        String type = mapper.text("type");
        Members settings = Members.of(
                "mapperConfiguration",
                mapper.where(),
                mapper.find("mapperConfiguration").orElse(null));
        return switch (type) {
            case "hashing" -> hash(settings.only(List.of(FIELD, "method", SUFFIX, "key")));
            case "field-renaming" -> {
                settings.only(List.of("originalFieldName", "newFieldName"));
                yield new MapperSpec.Rename(settings.text("originalFieldName"), settings.text("newFieldName"));
            }
            case "field-filtering" ->
                new MapperSpec.Remove(settings.only(List.of(FIELD)).text(FIELD));
            case "row-filtering" -> filter(settings.only(List.of(CONDITIONS)));
            case "encryption" -> encrypt(settings);
            case "field-computing" -> {
                settings.only(List.of(FIELD, "value", "replace"));
                yield new MapperSpec.Compute(settings.text(FIELD), settings.text("value"), settings.flag("replace"));
            }
            case "field-selection" -> {
                settings.only(List.of(FIELD, "paths"));
                yield new MapperSpec.Select(settings.text(FIELD), settings.paths("paths"));
            }
            default -> throw mapper.wrong("there are no mappers of the type " + type);
        };
    }

    private static MapperSpec hash(Members settings) {
        String method = settings.word("method", methods());
        return new MapperSpec.Hash(
                settings.text(FIELD),
                HashMethod.of(method).orElseThrow(),
                settings.findText(SUFFIX).orElse(MapperSpec.Hash.SUFFIX),
                settings.findText("key").map(Secret::new).orElse(null));
    }

    /** The usual one first. */
    private static List<String> methods() {
        List<String> methods = new ArrayList<>(HashMethod.keys());
        methods.remove(HashMethod.SHA_256.key());
        methods.addFirst(HashMethod.SHA_256.key());
        return methods;
    }

    private static MapperSpec encrypt(Members settings) {
        String field = settings.text(FIELD);
        String suffix = settings.findText(SUFFIX).orElse(MapperSpec.Encrypt.SUFFIX);
        String algorithm = settings.text("algorithm");
        return switch (algorithm) {
            case "RSA" -> {
                settings.only(List.of("algorithm", FIELD, SUFFIX, "publicKey", "padding"));
                boolean oaep =
                        settings.word("padding", List.of("PKCS1", "OAEP")).equals("OAEP");
                yield new MapperSpec.Encrypt(
                        field, suffix, new Encryption.Rsa(new Secret(settings.text("publicKey")), oaep));
            }
            case "AES" -> {
                settings.only(List.of("algorithm", FIELD, SUFFIX, "key", "mode", "padding"));
                String mode = settings.findText("mode").orElse("GCM");
                String padding = settings.findText("padding")
                        .orElse(List.of("CBC", "ECB").contains(mode) ? "PKCS5Padding" : "NoPadding");
                if (!Encryption.Aes.MODES.contains(mode) || !Encryption.Aes.PADDINGS.contains(padding)) {
                    throw settings.wrong("AES has the modes " + String.join(", ", Encryption.Aes.MODES)
                            + " and the paddings " + String.join(", ", Encryption.Aes.PADDINGS));
                }
                yield new MapperSpec.Encrypt(
                        field, suffix, new Encryption.Aes(new Secret(settings.text("key")), mode, padding));
            }
            default -> throw settings.wrong("there is no encryption by " + algorithm + ", but by AES and RSA");
        };
    }

    private static MapperSpec filter(Members settings) {
        Members condition = Members.of(
                CONDITIONS, settings.where(), settings.find(CONDITIONS).orElse(null));
        if (condition.text("type").equals("EXPRESSION")) {
            return new MapperSpec.Filter(
                    condition.only(List.of("type", "expression")).text("expression"), null);
        }
        Syntax tree = condition(condition);
        return new MapperSpec.Filter(tree.text(), tree);
    }

    /** A condition is true or false: a null equals nothing, and differs from everything. */
    private static Syntax condition(Members condition) {
        String type = condition.text("type");
        return switch (type) {
            case "EQUAL" -> {
                condition.only(List.of("type", "fieldName", "comparisonValue"));
                String value = condition
                        .findText("comparisonValue")
                        .orElseThrow(() -> condition.wrong("EQUAL needs a comparisonValue"));
                Syntax equal = Syntax.call("=", new Syntax.Name(condition.text("fieldName"), 0), Syntax.literal(value));
                yield Syntax.call("coalesce", equal, Syntax.literal(false));
            }
            case "NOT" -> {
                condition.only(List.of("type", CONDITIONS));
                List<Syntax> inner = condition.objects(CONDITIONS).stream()
                        .map(MapperWords::condition)
                        .toList();
                yield Syntax.call(
                        "not",
                        inner.stream()
                                .reduce((left, right) -> Syntax.call("or", left, right))
                                .orElseThrow(() -> condition.wrong("NOT needs conditions")));
            }
            default -> throw condition.wrong("a condition is EQUAL, NOT or EXPRESSION, and not " + type);
        };
    }

    /**
     * A mapper in words.
     *
     * @param secrets what is written in the place of its secret
     */
    static Map<String, Object> words(MapperSpec mapper, Function<Secret, String> secrets) {
        Map<String, Object> settings = new LinkedHashMap<>();
        String type = switch (mapper) {
            case MapperSpec.Hash hash -> {
                settings.put(FIELD, hash.field());
                settings.put("method", hash.method().key());
                settings.put(SUFFIX, hash.suffix());
                if (hash.key() != null) {
                    settings.put("key", secrets.apply(hash.key()));
                }
                yield "hashing";
            }
            case MapperSpec.Rename rename -> {
                settings.put("originalFieldName", rename.field());
                settings.put("newFieldName", rename.to());
                yield "field-renaming";
            }
            case MapperSpec.Remove remove -> {
                settings.put(FIELD, remove.field());
                yield "field-filtering";
            }
            case MapperSpec.Encrypt encrypt -> {
                encryption(encrypt, settings, secrets);
                yield "encryption";
            }
            case MapperSpec.Filter filter -> {
                String text =
                        filter.tree() == null ? filter.text() : filter.tree().text();
                settings.put(CONDITIONS, Map.of("type", "EXPRESSION", "expression", text));
                yield "row-filtering";
            }
            case MapperSpec.Compute compute -> {
                settings.put(FIELD, compute.field());
                settings.put("value", compute.value());
                if (compute.replaces()) {
                    settings.put("replace", true);
                }
                yield "field-computing";
            }
            case MapperSpec.Select select -> {
                settings.put(FIELD, select.field());
                settings.put("paths", select.paths());
                yield "field-selection";
            }
        };
        return Map.of("type", type, "mapperConfiguration", settings);
    }

    private static void encryption(
            MapperSpec.Encrypt mapper, Map<String, Object> settings, Function<Secret, String> secrets) {
        settings.put(FIELD, mapper.field());
        settings.put(SUFFIX, mapper.suffix());
        switch (mapper.with()) {
            case Encryption.Aes aes -> {
                settings.put("algorithm", "AES");
                settings.put("mode", aes.mode());
                settings.put("padding", aes.padding());
                settings.put("key", secrets.apply(aes.key()));
            }
            case Encryption.Rsa rsa -> {
                settings.put("algorithm", "RSA");
                settings.put("padding", rsa.oaep() ? "OAEP" : "PKCS1");
                settings.put("publicKey", rsa.key().text());
            }
        }
    }
}
