-- Places an order: hundreds of buyers press at once, and the offer's row is locked for as long as the database takes to
-- run this, not for as long as a busy Python process takes to come back with the next statement.
--
-- One element of `p_offers`, `p_packs` and `p_seen_fen` is one line; offers come in the order of their ids, each once, and
-- all are of one session. It answers with what happened, and raises only when the database itself refuses. A refusal has
-- written nothing; `line` says which line it was, counted from 1.
-- Locks: offers, then lot stocks, each in id order. Called by trade/orders, which turns the answer into words.
CREATE OR REPLACE FUNCTION trade_place_order(
  p_offers bigint[], p_packs int[], p_seen_fen int[], p_buyer bigint, p_key text, p_hash text,
  p_number text, p_province text, p_delivery text, p_now timestamptz, p_channel text
) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  offer trade_offer;
  offers trade_offer[];
  earlier trade_order;
  placed trade_order;
  session record;
  packs_left int;
  refusal text;
  locked boolean;
  total_fen bigint := 0;
BEGIN
  -- Looked at twice: without the lock, so that those who cannot buy do not queue with those who can; then under it.
  FOREACH locked IN ARRAY ARRAY[false, true] LOOP
    FOR line IN 1 .. cardinality(p_offers) LOOP
      IF locked THEN
        SELECT * INTO offer FROM trade_offer WHERE id = p_offers[line] FOR NO KEY UPDATE;
      ELSE
        SELECT * INTO offer FROM trade_offer WHERE id = p_offers[line];
      END IF;
      IF offer.id IS NULL OR offer.session_id <> offers[1].session_id THEN
        RETURN jsonb_build_object('outcome', 'no_such_offer', 'line', line);
      END IF;
      offers[line] := offer;

      IF line = 1 THEN
        SELECT * INTO earlier FROM trade_order WHERE buyer_id = p_buyer AND idempotency_key = p_key;
        IF FOUND THEN
          RETURN trade_order_answer(earlier, p_hash);
        END IF;
      END IF;

      -- one statement, because each costs the next buyer of a hot offer as much as the other
      SELECT s.state, s.hold_seconds, s.cooperative_id, l.state AS lot_state, taken.yours, taken.held INTO session
      FROM live_session s, catalog_lot l, (
        SELECT coalesce(sum(r.packs), 0) AS yours, coalesce(sum(r.packs) FILTER (WHERE r.state = 'held'), 0) AS held
        FROM trade_reservation r
        WHERE r.offer_id = offer.id AND r.buyer_id = p_buyer AND r.state IN ('held', 'sold')
      ) AS taken
      WHERE s.id = offer.session_id AND l.id = offer.lot_id;
      packs_left := offer.packs - offer.held - offer.sold;

      refusal := CASE
        WHEN session.state <> 'live' THEN 'session_not_live'
        WHEN offer.state <> 'open' THEN 'offer_closed'
        WHEN session.lot_state <> 'open' THEN 'lot_stopped'
        WHEN offer.price_fen <> p_seen_fen[line] THEN 'price_changed'
        WHEN session.yours + p_packs[line] > offer.per_buyer_limit THEN 'over_limit'
        WHEN p_packs[line] > packs_left THEN 'sold_out'
      END;
      IF refusal IS NOT NULL THEN
        RETURN jsonb_build_object(
          'outcome', refusal, 'line', line, 'price_fen', offer.price_fen, 'left', packs_left,
          'held', offer.held - session.held, 'yours', session.yours, 'limit', offer.per_buyer_limit,
          'hold_seconds', session.hold_seconds);
      END IF;
      IF locked THEN
        total_fen := total_fen + p_packs[line]::bigint * offer.price_fen;
      END IF;
    END LOOP;
  END LOOP;

  offer := offers[1];
  INSERT INTO trade_order (
    county_id, number, session_id, buyer_id, seller_id, state, idempotency_key, request_hash, total_fen, province,
    delivery, placed_at, expires_at, end_reason)
  VALUES (
    offer.county_id, p_number, offer.session_id, p_buyer, session.cooperative_id, 'reserved', p_key, p_hash,
    total_fen, p_province, p_delivery, p_now, p_now + make_interval(secs => session.hold_seconds), '')
  ON CONFLICT (buyer_id, idempotency_key) DO NOTHING RETURNING * INTO placed;
  IF placed.id IS NULL THEN  -- the same key came for another offer at this very moment
    SELECT * INTO earlier FROM trade_order WHERE buyer_id = p_buyer AND idempotency_key = p_key;
    RETURN trade_order_answer(earlier, p_hash);
  END IF;
  INSERT INTO trade_orderstep (order_id, state, by_id, at, why) VALUES (placed.id, 'reserved', p_buyer, p_now, '');
  IF cardinality(p_offers) > 1 THEN  -- the row of a single line's stock is locked by its update below
    PERFORM 1 FROM trade_lotstock WHERE lot_id IN (SELECT o.lot_id FROM unnest(offers) o) ORDER BY lot_id
    FOR NO KEY UPDATE;
  END IF;

  FOR line IN 1 .. cardinality(p_offers) LOOP
    offer := offers[line];
    WITH written AS (
      INSERT INTO trade_orderline (
        order_id, offer_id, lot_id, agreement_version_id, packs, pack_units, price_fen, total_fen, refunded_fen)
      VALUES (
        placed.id, offer.id, offer.lot_id, offer.agreement_version_id, p_packs[line], offer.pack_units, offer.price_fen,
        p_packs[line] * offer.price_fen, 0)
      RETURNING id
    )
    INSERT INTO trade_reservation (line_id, offer_id, lot_id, buyer_id, packs, lot_units, state, changed_at)
    SELECT id, offer.id, offer.lot_id, p_buyer, p_packs[line], p_packs[line] * offer.pack_units, 'held', p_now FROM written;

    UPDATE trade_offer SET held = held + p_packs[line] WHERE id = offer.id RETURNING * INTO offer;
    UPDATE trade_lotstock SET
      on_hand = on_hand - p_packs[line] * offer.pack_units,
      allocated = allocated - p_packs[line] * offer.pack_units,
      reserved = reserved + p_packs[line] * offer.pack_units
    WHERE lot_id = offer.lot_id;
    PERFORM pg_notify(p_channel, json_build_object(
      's', offer.session_id, 'offers', json_build_object(offer.id::text, trade_room_frame(offer)::jsonb - 'stopped'))::text);
  END LOOP;
  RETURN trade_order_answer(placed, p_hash) || jsonb_build_object('outcome', 'placed');
END $$;
