package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Answer;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.value.JsonValues;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the body of an answer into the elements that an extractor looks at. */
public final class Decoder {
    /** What pandas, which the official runner reads tables with, takes for nothing. */
    private static final Set<String> NOTHING = Set.of(
            "",
            "#N/A",
            "#N/A N/A",
            "#NA",
            "-1.#IND",
            "-1.#QNAN",
            "-NaN",
            "-nan",
            "1.#IND",
            "1.#QNAN",
            "<NA>",
            "N/A",
            "NA",
            "NULL",
            "NaN",
            "None",
            "n/a",
            "nan",
            "null");

    private static final long MOST_UNPACKED = 512L << 20;

    private final Optional<Component> component;

    /** A decoder; without a component it reads JSON. */
    public Decoder(Optional<Component> component) {
        this.component = component;
        component.ifPresent(Decoder::requireKnown);
    }

    private static void requireKnown(Component decoder) {
        switch (decoder.type()) {
            case "JsonDecoder", "JsonlDecoder", "JsonItemsDecoder", "CsvDecoder", "XmlDecoder", "IterableDecoder" -> {}
            case "GzipDecoder", "ZipfileDecoder" -> requireKnown(decoder.required("decoder"));
            default -> throw decoder.unsupported();
        }
    }

    /** True if pages can be asked for by what this reads. */
    public boolean canPage() {
        return component.map(Decoder::canPage).orElse(true);
    }

    private static boolean canPage(Component decoder) {
        return switch (decoder.type()) {
            case "JsonDecoder", "XmlDecoder" -> true;
            case "GzipDecoder", "ZipfileDecoder" -> canPage(decoder.required("decoder"));
            default -> false;
        };
    }

    /** The elements of an answer. */
    public List<Object> elements(Answer answer) {
        if (component.isEmpty() || component.get().type().equals("JsonDecoder")) {
            requireJson(answer);
            return json(answer.json());
        }
        try {
            return elements(component.get(), answer.body());
        } catch (IOException damaged) {
            throw damaged(answer, damaged);
        }
    }

    /** The lines of a table of CSV, which may be packed; words that usually mean that there is nothing become null. */
    public static List<Object> table(Answer answer, Component extractor) {
        try {
            String text = new String(unpacked(answer.body()), StandardCharsets.UTF_8).replace("\0", "");
            boolean keeps = extractor.truth("preserve_na_values", false);
            return CsvText.records(extractor, text, keeps ? Set.of("") : NOTHING);
        } catch (IOException damaged) {
            throw damaged(answer, damaged);
        }
    }

    private static ProblemException damaged(Answer answer, IOException damaged) {
        return Problem.of("E_HTTP_BODY", ProblemKind.DATA, "the body of an answer cannot be unpacked")
                .at(answer.call().place())
                .because(damaged.toString())
                .exception(damaged);
    }

    /** A page of HTML or half an answer is not an answer without records. */
    private static void requireJson(Answer answer) {
        if (answer.json() instanceof None
                && !answer.text().isBlank()
                && !answer.text().strip().equals("null")) {
            throw Problem.of("E_HTTP_BODY", ProblemKind.TRANSIENT, "the body of an answer is no JSON")
                    .at(answer.call().place())
                    .because("HTTP " + answer.status() + ", "
                            + answer.header("Content-Type").orElse("of an unknown type"))
                    .exception();
        }
    }

    private static List<Object> json(Object body) {
        return switch (body) {
            case List<?> list -> Values.asList(list);
            case None ignored -> List.of(new LinkedHashMap<>());
            default -> List.of(body);
        };
    }

    private static List<Object> elements(Component decoder, byte[] body) throws IOException {
        return switch (decoder.type()) {
            case "JsonDecoder" -> json(parsed(body));
            case "JsonlDecoder" -> lines(body, decoder);
            case "JsonItemsDecoder" -> items(decoder, body);
            case "IterableDecoder" -> {
                List<Object> records = new ArrayList<>();
                new String(body, StandardCharsets.UTF_8)
                        .lines()
                        .forEach(line -> records.add(new LinkedHashMap<>(Map.of("record", line))));
                yield records;
            }
            case "CsvDecoder" ->
                CsvText.records(
                        decoder, new String(body, charset(decoder)), Set.copyOf(decoder.texts("set_values_to_none")));
            case "XmlDecoder" -> XmlTree.elements(decoder, body);
            case "GzipDecoder" -> elements(decoder.required("decoder"), unpacked(body));
            default -> zipped(decoder.required("decoder"), body);
        };
    }

    private static Charset charset(Component decoder) {
        try {
            return Charset.forName(decoder.text("encoding", "utf-8"));
        } catch (IllegalArgumentException unknown) {
            throw decoder.wrong("encoding", "is not known");
        }
    }

    private static Object parsed(byte[] body) {
        try {
            return JsonValues.read(body);
        } catch (IllegalArgumentException notJson) {
            return None.NONE;
        }
    }

    /** One record a line; a line that is no JSON is passed over. */
    private static List<Object> lines(byte[] body, Component decoder) {
        List<Object> records = new ArrayList<>();
        new String(body, charset(decoder))
                .lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    try {
                        records.add(JsonValues.read(line));
                    } catch (IllegalArgumentException notJson) {
                        // As the official runner does; a line that was cut is no record.
                    }
                });
        return records;
    }

    private static List<Object> items(Component decoder, byte[] body) {
        Object found = parsed(body);
        for (String part : decoder.text("items_path").split("\\.")) {
            found = part.isEmpty() ? found : Values.member(found, part);
        }
        return found instanceof List<?> list ? Values.asList(list) : List.of();
    }

    private static byte[] unpacked(byte[] body) throws IOException {
        boolean packed = body.length > 2 && (body[0] & 0xFF) == 0x1F && (body[1] & 0xFF) == 0x8B;
        if (!packed) {
            return body;
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return all(in);
        }
    }

    private static byte[] all(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] part = new byte[1 << 16];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            out.write(part, 0, read);
            if (out.size() > MOST_UNPACKED) {
                throw new IOException("it has more than " + MOST_UNPACKED + " bytes when unpacked");
            }
        }
        return out.toByteArray();
    }

    private static List<Object> zipped(Component inner, byte[] body) throws IOException {
        List<Object> records = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(body))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    records.addAll(elements(inner, all(zip)));
                }
            }
        }
        return records;
    }
}
