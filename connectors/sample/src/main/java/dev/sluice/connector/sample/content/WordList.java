package dev.sluice.connector.sample.content;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words in UTF-8. Immutable, although the arrays that it hands out could be written. */
final class WordList {
    private final byte[][] words;

    private WordList(byte[][] words) {
        this.words = words;
    }

    /** A list of these words; one that comes twice is drawn twice as often. */
    static WordList of(String... words) {
        byte[][] utf8 = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            utf8[i] = words[i].getBytes(StandardCharsets.UTF_8);
        }
        return new WordList(utf8);
    }

    /** The numbers from one to another in equal steps. */
    static WordList numbers(int first, int last, int step) {
        return of(IntStream.iterate(first, number -> number <= last, number -> number + step)
                .mapToObj(Integer::toString)
                .toArray(String[]::new));
    }

    /**
     * All texts that a template can become, so that making one of them is a single throw and a single copy.
     *
     * @param template a text with a {@code ~} for a word of each list; the words of the last list change fastest
     */
    static WordList combined(String template, WordList... lists) {
        List<String> texts = List.of(template);
        for (WordList list : lists) {
            texts = texts.stream()
                    .flatMap(text -> Stream.of(list.words)
                            .map(word -> text.replaceFirst(
                                    "~", Matcher.quoteReplacement(new String(word, StandardCharsets.UTF_8)))))
                    .toList();
        }
        return of(texts.toArray(String[]::new));
    }

    /** The same words in small letters without marks, as addresses have them. */
    WordList plain() {
        String[] plain = new String[words.length];
        for (int i = 0; i < words.length; i++) {
            plain[i] = Normalizer.normalize(new String(words[i], StandardCharsets.UTF_8), Normalizer.Form.NFD)
                    .toLowerCase(Locale.ROOT)
                    .replace("ß", "ss")
                    .replace("ø", "o")
                    .replace("ł", "l")
                    .replaceAll("[^a-z]", "");
        }
        return of(plain);
    }

    /** The same words as JSON strings. */
    WordList quoted() {
        byte[][] quoted = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            ByteSink text = new ByteSink(words[i].length + 2);
            JsonText.appendString(text, words[i], 0, words[i].length);
            quoted[i] = text.toBytes();
        }
        return new WordList(quoted);
    }

    /** The same words and further ones. */
    WordList and(WordList more) {
        byte[][] all = Arrays.copyOf(words, words.length + more.words.length);
        System.arraycopy(more.words, 0, all, words.length, more.words.length);
        return new WordList(all);
    }

    int size() {
        return words.length;
    }

    byte[] word(int index) {
        return words[index];
    }
}
