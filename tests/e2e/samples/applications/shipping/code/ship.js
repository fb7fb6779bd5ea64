exports.handler = async (event) => {
  if (event['detail-type'] === 'ParcelLost') throw new Error(`lost ${event.detail.parcel}`);
  return { statusCode: 200, body: 'shipped' };
};
