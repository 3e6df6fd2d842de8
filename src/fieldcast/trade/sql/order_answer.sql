-- What a buyer is told of an order that stands: the same request again, or another one under the same key.
CREATE OR REPLACE FUNCTION trade_order_answer(o trade_order, p_hash text) RETURNS jsonb LANGUAGE sql AS $$
  SELECT jsonb_build_object(
    'outcome', CASE WHEN o.request_hash = p_hash THEN 'repeated' ELSE 'key_reused' END,
    'order_id', o.id, 'number', o.number, 'total_fen', o.total_fen, 'expires_at', o.expires_at)
$$;
