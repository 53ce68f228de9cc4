package dev.sluice.server.boot;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.temporal.ChronoUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the server says of itself, beside the logs of its jobs: warnings and errors, a line each, to standard error. */
final class OwnLog extends Formatter {
    /** The loggers above all others; held here, since the JDK forgets what nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    private static final Logger OURS = Logger.getLogger("dev.sluice");

    /** Warns of each word in a spec that says how a form looks, such as {@code order}. */
    private static final Logger SCHEMAS = Logger.getLogger("com.networknt.schema");

    static void toStandardError() {
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        Handler handler = new ConsoleHandler();
        handler.setFormatter(new OwnLog());
        ROOT.addHandler(handler);
        ROOT.setLevel(Level.WARNING);
        OURS.setLevel(Level.INFO);
        SCHEMAS.setLevel(Level.SEVERE);
    }

    @Override
    public String format(LogRecord line) {
        StringWriter text = new StringWriter();
        text.append(line.getInstant().truncatedTo(ChronoUnit.MILLIS).toString())
                .append(' ')
                .append(line.getLevel().getName())
                .append(' ')
                .append(shortName(line.getLoggerName()))
                .append(": ")
                .append(formatMessage(line))
                .append(System.lineSeparator());
        if (line.getThrown() != null) {
            line.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private static String shortName(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
