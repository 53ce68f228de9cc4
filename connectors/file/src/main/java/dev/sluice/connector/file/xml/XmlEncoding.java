package dev.sluice.connector.file.xml;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the encoding of a document: a byte order mark tells it, or its declaration, and else it is UTF-8. */
final class XmlEncoding {
    private static final int LOOKED_AT = 1024;
    private static final Pattern DECLARED =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z][A-Za-z0-9._-]*)[\"']");

    private XmlEncoding() {}

    /** Characters, and the name of the encoding that they had. */
    record Text(Reader reader, String encoding) {}

    /** The characters of a document, without a byte order mark. Bytes that are no characters make it fail. */
    static Text reader(InputStream bytes, boolean utf8, String file) throws IOException {
        BufferedInputStream input = new BufferedInputStream(bytes, 64 << 10);
        input.mark(LOOKED_AT);
        byte[] head = input.readNBytes(LOOKED_AT);
        input.reset();
        int mark = startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        Charset charset = StandardCharsets.UTF_8;
        if (!utf8) {
            boolean little = startsWith(head, 0xFF, 0xFE);
            if (little || startsWith(head, 0xFE, 0xFF)) {
                mark = 2;
                charset = little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            } else if (mark == 0) {
                charset = declared(head, file);
            }
        }
        input.skipNBytes(mark);
        Reader reader = new InputStreamReader(
                input,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new Text(reader, charset.name());
    }

    private static boolean startsWith(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private static Charset declared(byte[] head, String file) {
        Matcher declaration = DECLARED.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!declaration.find()) {
            return StandardCharsets.UTF_8;
        }
        String name = declaration.group(1);
        try {
            Charset charset = Charset.forName(name);
            // A declaration that can be read byte by byte was not written in sixteen bits.
            return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
                    ? StandardCharsets.UTF_8
                    : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw wrong(file, name);
        }
    }

    static ProblemException wrong(String file, String encoding) {
        return Problem.of("E_FILE_ENCODING", ProblemKind.CONFIG, "the file cannot be read as " + encoding)
                .at(file)
                .because("it says so itself, or nothing and UTF-8 is taken, and this encoding is unknown or its bytes"
                        + " are no characters in it")
                .fix("give the true `encoding`")
                .exception();
    }
}
