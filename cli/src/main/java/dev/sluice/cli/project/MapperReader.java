package dev.sluice.cli.project;

import dev.sluice.engine.map.Encryption;
import dev.sluice.engine.map.HashMethod;
import dev.sluice.engine.map.MapperSetting;
import dev.sluice.engine.map.MapperSpec;
import dev.sluice.engine.map.Secret;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads what is to be done to the rows of a stream. */
final class MapperReader {
    private static final List<String> KINDS =
            List.of("hash", "rename", "remove", "encrypt", "filter", "compute", "select");

    private MapperReader() {}

    /** The mappers of a stream in order: a list of groups of one kind each. */
    static List<MapperSetting> read(Yaml value) {
        if (!(value instanceof Yaml.Sequence(Place ignored, List<Yaml> elements))) {
            throw value.place()
                    .problem("`mappers` takes a list, as they work one after the other")
                    .fix("write each on a line of its own: `- hash: email`")
                    .exception();
        }
        List<MapperSetting> mappers = new ArrayList<>();
        elements.forEach(element -> mappers.addAll(mapper(element)));
        return mappers;
    }

    /** The short form of a hash: {@code fields: {hash: [email]}}. */
    static List<MapperSetting> hashes(Yaml value) {
        return hash(value).stream()
                .map(spec -> new MapperSetting(value.place().toString(), spec))
                .toList();
    }

    private static List<MapperSetting> mapper(Yaml element) {
        Yaml.Mapping mapping = element.mapping("each mapper");
        if (mapping.entries().size() != 1) {
            throw mapping.place()
                    .problem("a mapper has one kind and its settings below it")
                    .fix("write it like this: `- hash: {field: email, method: SHA-512}`")
                    .exception();
        }
        Yaml.Entry entry = mapping.entries().values().iterator().next();
        String place = entry.keyPlace().toString();
        return specs(entry).stream().map(spec -> new MapperSetting(place, spec)).toList();
    }

    private static List<? extends MapperSpec> specs(Yaml.Entry entry) {
        Yaml value = entry.value();
        return switch (entry.key()) {
            case "hash" -> hash(value);
            case "rename" -> List.of(rename(value));
            case "remove" ->
                value.texts("`remove`").stream().map(MapperSpec.Remove::new).toList();
            case "encrypt" -> List.of(encrypt(value.mapping("`encrypt`")));
            case "filter" -> List.of(FilterReader.read(value));
            case "compute" -> List.of(compute(value));
            case "select" -> List.of(select(value));
            default ->
                throw Problem.of("E_MAPPER_UNKNOWN", ProblemKind.CONFIG, "there is no mapper `" + entry.key() + "`")
                        .at(entry.keyPlace().toString())
                        .because("the mappers are " + String.join(", ", KINDS))
                        .fix(NearNames.nearest(entry.key(), KINDS)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse(null))
                        .exception();
        };
    }

    private static List<MapperSpec.Hash> hash(Yaml value) {
        if (!(value instanceof Yaml.Mapping settings)) {
            return value.texts("`hash`").stream()
                    .map(field -> new MapperSpec.Hash(field, HashMethod.SHA_256, MapperSpec.Hash.SUFFIX, null))
                    .toList();
        }
        settings.requireKeys("`hash`", List.of("field", "method", "suffix", "key"));
        HashMethod method = settings.find("method")
                .flatMap(name -> HashMethod.of(name.word("`method`", HashMethod.keys())))
                .orElse(HashMethod.SHA_256);
        return List.of(new MapperSpec.Hash(
                text(settings, "field", "`hash`"),
                method,
                suffix(settings, MapperSpec.Hash.SUFFIX),
                settings.find("key").map(key -> new Secret(key.text("`key`"))).orElse(null)));
    }

    private static MapperSpec rename(Yaml value) {
        Yaml.Mapping settings = value.mapping("`rename`");
        settings.requireKeys("`rename`", List.of("field", "to"));
        String to = text(settings, "to", "`rename`");
        if (to.isEmpty()) {
            throw value.place().problem("a field needs a name").exception();
        }
        return new MapperSpec.Rename(text(settings, "field", "`rename`"), to);
    }

    private static MapperSpec encrypt(Yaml.Mapping settings) {
        String field = text(settings, "field", "`encrypt`");
        String algorithm = settings.get("algorithm", "`encrypt`").word("`algorithm`", List.of("AES", "RSA"));
        String suffix = suffix(settings, MapperSpec.Encrypt.SUFFIX);
        if (algorithm.equals("RSA")) {
            settings.requireKeys("`encrypt` by RSA", List.of("field", "algorithm", "suffix", "publicKey", "padding"));
            boolean oaep = settings.find("padding")
                    .map(name ->
                            name.word("`padding`", List.of("PKCS1", "OAEP")).equals("OAEP"))
                    .orElse(false);
            return new MapperSpec.Encrypt(
                    field, suffix, new Encryption.Rsa(new Secret(text(settings, "publicKey", "RSA")), oaep));
        }
        settings.requireKeys("`encrypt` by AES", List.of("field", "algorithm", "suffix", "key", "mode", "padding"));
        String mode = settings.find("mode")
                .map(name -> name.word("`mode`", Encryption.Aes.MODES))
                .orElse("GCM");
        boolean blocks = mode.equals("CBC") || mode.equals("ECB");
        String padding = settings.find("padding")
                .map(name -> name.word("`padding`", Encryption.Aes.PADDINGS))
                .orElse(blocks ? "PKCS5Padding" : "NoPadding");
        return new MapperSpec.Encrypt(
                field, suffix, new Encryption.Aes(new Secret(text(settings, "key", "AES")), mode, padding));
    }

    private static MapperSpec compute(Yaml value) {
        Yaml.Mapping settings = value.mapping("`compute`");
        settings.requireKeys("`compute`", List.of("field", "value", "replace"));
        String field = text(settings, "field", "`compute`");
        if (field.isEmpty()) {
            throw value.place().problem("a field needs a name").exception();
        }
        boolean replaces = settings.find("replace")
                .map(wanted ->
                        wanted.word("`replace`", List.of("true", "false")).equals("true"))
                .orElse(false);
        return new MapperSpec.Compute(field, text(settings, "value", "`compute`"), replaces);
    }

    private static MapperSpec select(Yaml value) {
        Yaml.Mapping settings = value.mapping("`select`");
        settings.requireKeys("`select`", List.of("field", "keep"));
        List<String> keep = settings.get("keep", "`select`").texts("`keep`");
        if (keep.isEmpty()) {
            throw value.place()
                    .problem("`keep` names nothing")
                    .fix("leave the whole field out with `remove`")
                    .exception();
        }
        return new MapperSpec.Select(
                text(settings, "field", "`select`"),
                keep.stream().map(path -> Arrays.asList(path.split("\\.", -1))).toList());
    }

    private static String suffix(Yaml.Mapping settings, String usual) {
        return settings.find("suffix").map(text -> text.text("`suffix`")).orElse(usual);
    }

    private static String text(Yaml.Mapping settings, String key, String what) {
        return settings.get(key, what).text("`" + key + "`");
    }
}
