package org.vauban.identity.zone;

import java.io.IOException;
import java.util.List;
import org.vauban.identity.protocol.DepositManifest;
import org.vauban.identity.protocol.Frames;
import org.vauban.identity.protocol.IdentityException;
import org.vauban.identity.protocol.MessageReader;
import org.vauban.identity.protocol.MessageWriter;
import org.vauban.identity.protocol.Operation;

/** Serves producers at the door. */
final class DoorDesk implements Listener.Desk {

    private static final int NAME_BYTES_MAX = 64;

    private final Zone zone;

    DoorDesk(Zone zone) {
        this.zone = zone;
    }

    @Override
    public void answer(byte[] bytes, Frames frames) throws IOException {
        var request = new MessageReader(bytes);
        var answer = new MessageWriter().octet(Operation.DONE);
        switch (request.octet()) {
            case Operation.PUBLIC_KEY -> {
                request.end();
                answer.bytes(zone.publicKey());
            }
            case Operation.BEGIN -> {
                byte[] manifest = request.bytes(DepositManifest.BYTES_MAX);
                request.end();
                List<String> held = zone.shelf().begin(manifest);
                answer.number(held.size());
                held.forEach(answer::text);
            }
            case Operation.PIECE -> {
                String deposit = request.text(NAME_BYTES_MAX);
                String part = request.text(NAME_BYTES_MAX);
                long offset = request.longNumber();
                byte[] piece = request.bytes(Frames.BODY_BYTES_MAX);
                request.end();
                zone.shelf().piece(deposit, part, offset, piece);
            }
            case Operation.FINISH -> {
                String deposit = request.text(NAME_BYTES_MAX);
                request.end();
                zone.shelf().finish(deposit);
            }
            default -> throw IdentityException.protocol("The door knows no such request.");
        }
        frames.write(answer);
    }
}
