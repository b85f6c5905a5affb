package org.vauban.worker;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vauban.worker.pipe.Failure;
import org.vauban.worker.pipe.Message;

/**
 * What is passed on of an engine's error: of which kind it is, and where in the statement. Its words stay behind, because they quote
 * values ("could not convert string …").
 */
final class EngineError {
    private static final Pattern KIND = Pattern.compile("\"exception_type\":\"([A-Za-z ]+)\"");
    private static final Pattern POSITION = Pattern.compile("(?<!\\\\)\"position\":\"(\\d{1,9})\"");
    private static final Set<String> NOT_UNDERSTOOD = Set.of("Parser", "Syntax", "Catalog", "Binder");
    private static final Set<String> FORBIDDEN = Set.of("Permission");

    private EngineError() {}

    static Message.Failed of(SQLException error) {
        String words = String.valueOf(error.getMessage());
        return new Message.Failed(failure(words), position(words));
    }

    private static Failure failure(String words) {
        Matcher kind = KIND.matcher(words);
        String found = kind.find() ? kind.group(1) : "";
        if (NOT_UNDERSTOOD.contains(found)) {
            return Failure.NOT_UNDERSTOOD;
        }
        if (FORBIDDEN.contains(found)) {
            return Failure.FORBIDDEN;
        }
        return found.equals("Out of Memory") || words.contains("bad_alloc") ? Failure.MEMORY : Failure.FAILED;
    }

    private static int position(String words) {
        Matcher position = POSITION.matcher(words);
        int found = Room.NOWHERE;
        while (position.find()) {
            found = Integer.parseInt(position.group(1));
        }
        return found;
    }
}
